package io.minerops.postgres.internal.db;

import io.minerops.api.Secret;
import org.jspecify.annotations.Nullable;

/** Where the database is, who logs in, the schema, and how many connections there may be. */
public record ConnectionSettings(
        String url, @Nullable String user, @Nullable Secret password, String schema, int connections) {
    /** The database as messages name it: the URL without its parameters, and the schema. */
    public String name() {
        int parameters = url.indexOf('?');
        return (parameters < 0 ? url : url.substring(0, parameters)) + " (schema " + schema + ")";
    }
}
