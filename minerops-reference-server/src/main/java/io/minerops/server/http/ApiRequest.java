package io.minerops.server.http;

import io.minerops.server.access.AccessToken;
import io.minerops.server.access.Role;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says, checked against its route: the query and the body hold no name that the route does not know.
 */
public final class ApiRequest {
    private final Map<String, String> variables;
    private final Query query;
    private final Fields body;
    private final @Nullable String accept;
    private final Sender sender;
    private @Nullable String loggedInAs;

    public ApiRequest(Map<String, String> variables, Query query, Fields body, @Nullable String accept, Sender sender) {
        this.variables = variables;
        this.query = query;
        this.body = body;
        this.accept = accept;
        this.sender = sender;
    }

    /** The decoded text of a variable of the path. */
    public String path(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route's path has no variable " + name);
        }
        return value;
    }

    /** The number of a variable that the route declares as {@code {id:id}}. */
    public long id() {
        return Long.parseLong(path("id"));
    }

    /** The query. */
    public Query query() {
        return query;
    }

    /** The body; one without fields where none was sent. */
    public Fields body() {
        return body;
    }

    /** The media types that the sender takes, as it says it; null where it does not say. */
    public @Nullable String accept() {
        return accept;
    }

    /** Whether the sender may read what is not for everybody; always so where no tokens are set. */
    public boolean trusted() {
        return sender.caller().right() != Role.NONE;
    }

    /** The name of the token of the sender; null if no token is required. */
    public @Nullable String tokenName() {
        AccessToken token = sender.caller().token();
        return token == null ? null : token.name();
    }

    public Sender sender() {
        return sender;
    }

    /** Notes whose token was shown in the body. */
    public void loggedInAs(String name) {
        loggedInAs = name;
    }

    /** Whose token came with the request, in whatever way; null where there was none. */
    @Nullable
    public String actor() {
        return loggedInAs == null ? tokenName() : loggedInAs;
    }
}
