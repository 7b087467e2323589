package io.minerops.postgres;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.internal.Check;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Where a {@link PostgresStore} is and how it works.
 *
 * @param url such as {@code jdbc:postgresql://db.example.net:5432/minerops}; without user and password, which have
 *     components of their own
 * @param user who logs in; null for the name that the operating system knows
 * @param password of that user; null where the database requests none
 * @param schema the schema that holds the tables; it is made where there is none
 * @param connections how many steps may run at the same time, 2 to 100
 * @param maxEvents how many events are kept; the oldest give way, 1 or more
 * @param instance the name of this process among those that share the database, at most 100 characters; the store adds a
 *     random suffix, so that it need not be unique
 * @param clock what time it is, for {@link io.minerops.api.miner.FleetSnapshot#takenAt()}
 */
public record PostgresOptions(
        String url,
        @Nullable String user,
        @Nullable Secret password,
        String schema,
        int connections,
        int maxEvents,
        String instance,
        InstantSource clock) {
    /** The schema of a store that names none. */
    public static final String DEFAULT_SCHEMA = "minerops";

    /** The connections of a store that names no number. */
    public static final int DEFAULT_CONNECTIONS = 8;

    /** The events of a store that names no number. */
    public static final int DEFAULT_MAX_EVENTS = 100_000;

    private static final String PREFIX = "jdbc:postgresql:";
    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final int MAX_INSTANCE = 100;

    public PostgresOptions {
        checkUrl(url);
        if (!SCHEMA.matcher(schema).matches()) {
            throw new InvalidArgumentException(
                    "schema",
                    "schema must be 1 to 63 lower-case letters, digits and _, not begin with a digit, and not be "
                            + Check.quote(schema));
        }
        Check.between("connections", connections, 2, 100);
        Check.between("max_events", maxEvents, 1, Integer.MAX_VALUE);
        Check.text("instance", instance, MAX_INSTANCE);
        Objects.requireNonNull(clock, "clock");
    }

    private static void checkUrl(String url) {
        if (!url.startsWith(PREFIX)) {
            throw new InvalidArgumentException(
                    "url", "url must begin with " + PREFIX + ", such as jdbc:postgresql://localhost/minerops");
        }
        Properties parsed = Driver.parseURL(url, new Properties());
        if (parsed == null) {
            throw new InvalidArgumentException(
                    "url", "url must be as in jdbc:postgresql://localhost:5432/minerops, and could not be read");
        }
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.contains("password=") || lower.contains("user=") || url.indexOf('@') >= 0) {
            throw new InvalidArgumentException(
                    "url",
                    "url must name neither user nor password; give them beside it, where a password stays secret");
        }
    }

    /** The options of a store on that database, as the user that the operating system knows. */
    public static PostgresOptions of(String url) {
        return new PostgresOptions(
                url,
                null,
                null,
                DEFAULT_SCHEMA,
                DEFAULT_CONNECTIONS,
                DEFAULT_MAX_EVENTS,
                UUID.randomUUID().toString(),
                InstantSource.system());
    }

    /** The same as that user. */
    public PostgresOptions withUser(@Nullable String value, @Nullable Secret secret) {
        return new PostgresOptions(url, value, secret, schema, connections, maxEvents, instance, clock);
    }

    /** The same in that schema. */
    public PostgresOptions withSchema(String value) {
        return new PostgresOptions(url, user, password, value, connections, maxEvents, instance, clock);
    }

    /** The same with that many connections. */
    public PostgresOptions withConnections(int value) {
        return new PostgresOptions(url, user, password, schema, value, maxEvents, instance, clock);
    }

    /** The same with that many events. */
    public PostgresOptions withMaxEvents(int value) {
        return new PostgresOptions(url, user, password, schema, connections, value, instance, clock);
    }

    /** The same under that name. */
    public PostgresOptions withInstance(String value) {
        return new PostgresOptions(url, user, password, schema, connections, maxEvents, value, clock);
    }

    /** The same with that clock. */
    public PostgresOptions withClock(InstantSource value) {
        return new PostgresOptions(url, user, password, schema, connections, maxEvents, instance, value);
    }
}
