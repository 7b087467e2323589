package io.minerops.server.support;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that a database holds, but the events of requests and the counter of their numbers. */
public final class DatabaseContent {
    private DatabaseContent() {}

    /** The rows of each table, as texts. */
    public static Map<String, List<String>> of(Path database) {
        Map<String, List<String>> content = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sqlite_sequence'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                String condition = table.equals("events") ? " WHERE source <> 'access'" : "";
                try (ResultSet rows = statement.executeQuery("SELECT * FROM \"" + table + "\"" + condition)) {
                    content.put(table, texts(rows));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return content;
    }

    private static List<String> texts(ResultSet rows) throws SQLException {
        List<String> texts = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            StringBuilder text = new StringBuilder();
            for (int column = 1; column <= columns; column++) {
                Object value = rows.getObject(column);
                text.append(value instanceof byte[] bytes ? Arrays.toString(bytes) : value)
                        .append('|');
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
