package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.Reading;
import io.minerops.blocks.ColumnIds;
import io.minerops.blocks.Rollup;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The id of each reading's column, given once by its key and never taken back; mirrored in the heap. */
final class ReadingBook implements Rollup.Catalogue {
    private static final String INSERT = "INSERT INTO readings (id, key) VALUES (?, ?)";
    private static final Map<String, Reading> BY_KEY =
            Reading.all().stream().collect(Collectors.toUnmodifiableMap(Reading::key, Function.identity()));

    private final Database database;
    private final @Nullable Reading[] readings = new Reading[ColumnIds.LAST_READING + 1];
    /** By {@link Reading#column()}; 0 where the file has none yet. */
    private final int[] ids = new int[Reading.count()];

    private volatile boolean complete;

    ReadingBook(Database database) {
        this.database = database;
        database.list("load readings", "SELECT id, key FROM readings", values -> {}, row -> {
            int id = (int) row.number();
            return learn(id, row.text());
        });
        complete = Arrays.stream(ids).allMatch(id -> id > 0);
    }

    private int learn(int id, String key) {
        Reading reading = BY_KEY.get(key);
        if (reading != null) {
            readings[id] = reading;
            ids[reading.column()] = id;
        }
        return id;
    }

    /** Gives each reading that has none an id, in a transaction of its own. Not to be called inside another. */
    void enterAll() {
        if (!complete) {
            database.write("number readings", Durability.PROCESS, this::insert, added -> added.forEach(this::learn));
            complete = true;
        }
    }

    private Map<Integer, String> insert(Transaction tx) throws SQLException {
        Map<Integer, String> added = new TreeMap<>();
        int last = (int) tx.number("SELECT COALESCE(MAX(id), " + (ColumnIds.FIRST_READING - 1) + ") FROM readings");
        for (Reading reading : Reading.all()) {
            if (ids[reading.column()] == 0) {
                added.put(++last, reading.key());
                tx.bind(INSERT).number(last).text(reading.key()).update();
            }
        }
        return added;
    }

    /** The id of a reading's column; 0 where the file has none, so that no sample has it. */
    int id(Reading reading) {
        return ids[reading.column()];
    }

    /** The reading of a column; null for one that is none or that this program does not know. */
    @Nullable
    Reading reading(int id) {
        return id < readings.length ? readings[id] : null;
    }

    @Override
    public int decimals(int id) {
        Reading reading = reading(id);
        return reading == null ? 0 : ColumnIds.decimals(reading);
    }

    @Override
    public boolean integrated(int id) {
        Reading reading = reading(id);
        return reading == Reading.POWER_W || reading == Reading.HASHRATE_THS;
    }
}
