package io.minerops.server.flask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.StoreException;
import io.minerops.api.miner.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file of the Flask system, read and never changed. Its table {@code metrics} has a row for each sample, and
 * {@code miners}, where there is one, what is entered of each miner. Not thread-safe.
 */
final class FlaskDatabase implements AutoCloseable {
    private static final int FIRST_READING = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Connection connection;

    private FlaskDatabase(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens the file.
     *
     * @throws StoreException if it is not there, cannot be read, or is not such a database
     */
    static FlaskDatabase open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new StoreException("cannot read " + file + ": there is no such file");
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        Connection connection = null;
        try {
            connection = config.createConnection("jdbc:sqlite:" + file);
            FlaskDatabase database = new FlaskDatabase(file, connection);
            database.check();
            connection = null;
            return database;
        } catch (SQLException e) {
            throw unreadable(file, e);
        } finally {
            closeUnlessTaken(connection);
        }
    }

    private void check() throws SQLException {
        Set<String> tables = new HashSet<>();
        forEach("SELECT name FROM sqlite_master WHERE type = 'table'", row -> tables.add(row.getString(1)));
        Set<String> columns = columns("metrics");
        if (!tables.contains("metrics") || !columns.contains("timestamp") || !columns.contains("miner_ip")) {
            throw new StoreException(file + " is not a database of the Flask system: it needs a table metrics with the"
                    + " columns timestamp and miner_ip, and has the tables " + tables);
        }
    }

    /** Gives every row of {@code metrics} to the consumer, by time. */
    void rows(Consumer<FlaskRow> consumer) {
        try {
            Set<String> there = columns("metrics");
            String values = FlaskRow.READINGS.stream()
                    .map(reading -> there.contains(reading.key()) ? reading.key() : "NULL")
                    .collect(Collectors.joining(", "));
            forEach("SELECT rowid, timestamp, miner_ip, " + values + " FROM metrics ORDER BY timestamp, rowid", row -> {
                Map<Reading, Double> readings = new EnumMap<>(Reading.class);
                int column = FIRST_READING;
                for (Reading reading : FlaskRow.READINGS) {
                    double value = number(row, column++);
                    if (!Double.isNaN(value)) {
                        readings.put(reading, value);
                    }
                }
                consumer.accept(new FlaskRow(row.getLong(1), row.getString(2), row.getString(3), readings));
            });
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }

    /** What it knows of miners; empty in a database without that table. */
    List<FlaskMiner> miners() {
        List<FlaskMiner> miners = new ArrayList<>();
        try {
            if (columns("miners").contains("miner_ip")) {
                forEach(
                        "SELECT * FROM miners WHERE miner_ip IS NOT NULL ORDER BY rowid",
                        row -> miners.add(miner(row)));
            }
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
        return miners;
    }

    private static FlaskMiner miner(ResultSet row) throws SQLException {
        Map<String, String> texts = new HashMap<>();
        Map<String, Double> numbers = new HashMap<>();
        ResultSetMetaData columns = row.getMetaData();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            String text = row.getString(column);
            double number = number(row, column);
            if (text != null) {
                texts.put(columns.getColumnName(column), text);
            }
            if (!Double.isNaN(number)) {
                numbers.put(columns.getColumnName(column), number);
            }
        }
        return new FlaskMiner(row.getString("miner_ip"), texts, numbers, tags(texts.getOrDefault("tags", "")));
    }

    /** The texts of a JSON list; a text that is none is a label itself. */
    private static List<String> tags(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        try {
            JsonNode list = JSON.readTree(text);
            List<String> tags = new ArrayList<>();
            list.forEach(tag -> tags.add(tag.asText()));
            return list.isArray() ? tags : list.isTextual() ? List.of(list.asText()) : List.of();
        } catch (JsonProcessingException e) {
            return List.of(text);
        }
    }

    private static double number(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        int type = row.wasNull() ? Types.NULL : row.getMetaData().getColumnType(column);
        boolean isNumber = type == Types.INTEGER
                || type == Types.FLOAT
                || type == Types.REAL
                || type == Types.NUMERIC
                || type == Types.DOUBLE
                || type == Types.BIGINT;
        return isNumber ? value : Double.NaN;
    }

    private Set<String> columns(String table) throws SQLException {
        Set<String> names = new HashSet<>();
        forEach("PRAGMA table_info(" + table + ")", row -> names.add(row.getString("name")));
        return names;
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private void forEach(String sql, RowReader reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    private static StoreException unreadable(Path file, SQLException e) {
        return new StoreException("cannot read " + file + ": " + e.getMessage(), e);
    }

    private static void closeUnlessTaken(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new StoreException("cannot close the connection: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void close() {
        closeUnlessTaken(connection);
    }
}
