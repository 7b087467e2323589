package io.minerops.postgres.internal.db;

import io.minerops.blocks.jdbc.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** All numbers of table {@code versions}, at the point that a transaction sees. */
public record Versions(Map<Version, Long> numbers) {
    private static final String ALL = "SELECT name, value FROM versions";

    /** Those that a transaction sees. */
    public static Versions of(Connection connection) throws SQLException {
        Map<Version, Long> numbers = new EnumMap<>(Version.class);
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet results = statement.executeQuery()) {
            Row row = new Row(results);
            while (row.next()) {
                numbers.put(Version.valueOf(row.text().toUpperCase(Locale.ROOT)), row.number());
            }
        }
        return new Versions(numbers);
    }

    /** One of them. */
    public long of(Version version) {
        return numbers.getOrDefault(version, 0L);
    }
}
