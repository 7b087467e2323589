package io.minerops.server.reload;

import java.util.List;

/** Nothing was reloaded; every problem is listed, and none shows a secret. */
public final class ReloadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    ReloadException(List<String> problems, Throwable cause) {
        super("not reloaded: " + String.join("; ", problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** One sentence per problem. */
    public List<String> problems() {
        return problems;
    }
}
