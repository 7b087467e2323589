package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MetricSample;
import io.minerops.blocks.HourSamples;
import io.minerops.blocks.Millis;
import io.minerops.blocks.TickCodec;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Stored;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Makes ticks of the rows that schema 7 and older wrote, a poll in each transaction, so that their hours are sealed as any
 * other. Each value stays as it is, to the last bit. A process that dies leaves each poll in one form or the other, and
 * both are read.
 */
final class OldRows {
    private static final String HOURS = "SELECT COUNT(DISTINCT at / " + Millis.HOUR + ") FROM polls";
    private static final String NEWEST = "SELECT MAX(at) FROM polls WHERE at < ?";
    private static final String POLLS = "SELECT at FROM polls WHERE at >= ? AND at < ? ORDER BY at";
    private static final String ROWS =
            "SELECT id, " + SampleRows.COLUMNS + " FROM samples WHERE id BETWEEN ? AND ? ORDER BY id";
    private static final String BLOCK = "SELECT data FROM blocks WHERE id = ?";
    /** What was written before all that the store numbers: no miner's latest sample is among it. */
    private static final String NEW_TICK =
            "INSERT INTO ticks (at, written, samples, data) VALUES (?, 0, ?, ?) ON CONFLICT (at) DO NOTHING";

    private static final String DELETE_ROWS = "DELETE FROM samples WHERE id BETWEEN ? AND ?";
    private static final String DELETE_POLL = "DELETE FROM polls WHERE at = ?";

    private final Database database;
    private final AddressBook addresses;
    private final SampleRows rows;
    private final TickCodec ticks;

    private record Poll(List<MetricSample> samples, List<Integer> numbers) {}

    OldRows(Database database, AddressBook addresses, SampleRows rows, TickCodec ticks) {
        this.database = database;
        this.addresses = addresses;
        this.rows = rows;
        this.ticks = ticks;
    }

    /** How many hours have rows. */
    int hours() {
        return database.list("count hours of rows", HOURS, values -> {}, row -> (int) row.number())
                .get(0);
    }

    /** The beginning of the newest hour before a time that has rows; -1 where there is none. */
    long newestHour(long before) {
        Long newest = database.list(
                        "find rows", NEWEST, values -> values.number(before), row -> new Long[] {row.numberOrNull()})
                .get(0)[0];
        return newest == null ? -1 : Millis.hourOf(newest);
    }

    /** Makes ticks of the rows of an hour, until it is to stop; how many polls are left because there are ticks of them. */
    int move(long hour, BooleanSupplier stop) {
        List<Long> polls = database.list(
                "list polls", POLLS, values -> values.number(hour).number(hour + Millis.HOUR), Row::number);
        long[] sealed = times(Times.key(hour, HourSamples.POLLS));
        int left = 0;
        for (long at : polls) {
            if (stop.getAsBoolean()) {
                return left;
            }
            boolean known = Arrays.binarySearch(sealed, at) >= 0;
            left += movePoll(at, read(at, known ? hour : -1)) ? 0 : 1;
        }
        return left;
    }

    /** The samples of a poll; without those that a block of the hour has, which were stored later. */
    private Poll read(long at, long sealedHour) {
        Poll all = new Poll(new ArrayList<>(), new ArrayList<>());
        database.list(
                "read rows",
                ROWS,
                values -> values.number(Times.key(at, 0)).number(Times.key(at, Times.MAX_MINER)),
                row -> {
                    int number = Times.miner(row.number());
                    all.numbers.add(number);
                    return all.samples.add(rows.read(row, addresses.address(number), at));
                });
        if (sealedHour < 0) {
            return all;
        }
        Poll rest = new Poll(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < all.numbers.size(); i++) {
            int number = all.numbers.get(i);
            if (Arrays.binarySearch(times(Times.key(sealedHour, number)), at) < 0) {
                rest.numbers.add(number);
                rest.samples.add(all.samples.get(i));
            }
        }
        return rest;
    }

    /** The times of a block; none where there is no such block. */
    private long[] times(long id) {
        List<long[]> found = database.list(
                "read a block",
                BLOCK,
                values -> values.number(id),
                row -> Stored.block(row.bytes()).times());
        return found.isEmpty() ? new long[0] : found.get(0);
    }

    private boolean movePoll(long at, Poll poll) {
        int[] numbers = poll.numbers.stream().mapToInt(Integer::intValue).toArray();
        byte[] tick = ticks.encodeExactly(at, poll.samples, numbers);
        return database.write("move rows", Durability.PROCESS, tx -> write(tx, at, numbers.length, tick));
    }

    private static boolean write(Transaction tx, long at, int samples, byte[] tick) throws SQLException {
        if (tx.bind(NEW_TICK).number(at).number(samples).bytes(tick).update() == 0) {
            return false;
        }
        tx.bind(DELETE_ROWS)
                .number(Times.key(at, 0))
                .number(Times.key(at, Times.MAX_MINER))
                .update();
        tx.bind(DELETE_POLL).number(at).update();
        return true;
    }
}
