package io.minerops.sqlite.internal.rows;

import io.minerops.api.StoreException;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.blocks.MinerNumbers;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The number of each address that the file has ever heard of, 1 to {@link Times#MAX_MINER}, mirrored in the heap. A
 * number is never taken back: history and alerts outlive a miner's registration. One number, that of the empty address,
 * stands for all miners of a rule's scope together.
 */
public final class AddressBook implements MinerNumbers {
    /** Miners next to each other that a poll may lack, for which the order is still followed. */
    private static final int MAX_LEFT_OUT = 4;

    private static final String INSERT = "INSERT INTO addresses (id, address) VALUES (?, ?)";

    private final Database database;
    private final Map<MinerAddress, Integer> numbers = new ConcurrentHashMap<>();
    private volatile MinerAddress[] addresses = new MinerAddress[1_024];
    private volatile int highest;
    private volatile Numbered lastNumbered = new Numbered(new MinerAddress[0], new int[0], 0);
    private volatile Ranks ranks = new Ranks(new int[0], 0);
    private final AtomicInteger exchanges = new AtomicInteger();
    private final ReadWriteLock names = new ReentrantReadWriteLock();
    /** The number of the empty address; 0 as long as it has none. */
    private volatile int together;

    /**
     * Places by number.
     *
     * @param exchanges how many exchanges had been made when they were worked out
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on within this class and never compared
    private record Ranks(int[] byNumber, int exchanges) {}

    public AddressBook(Database database) {
        this.database = database;
        database.list(
                "load addresses",
                "SELECT id, address FROM addresses",
                values -> {},
                row -> learn((int) row.number(), row.text()));
    }

    /** The address of a number in a row of the file. */
    @Override
    public MinerAddress address(int number) {
        return addresses[number];
    }

    /** The address of a number in a row of the file; null for all miners together. */
    @Nullable
    MinerAddress addressOrAll(int number) {
        return number == together ? null : addresses[number];
    }

    /** The number of an address; -1 where the file has never heard of it. */
    @Override
    public int find(MinerAddress address) {
        Integer number = numbers.get(address);
        return number == null ? -1 : number;
    }

    /** The number of an address that {@link #enter} has seen, or of all miners together. */
    int number(@Nullable MinerAddress address) {
        if (address == null && together == 0) {
            throw new StoreException("all miners together have no number in " + database.file());
        }
        int number = address == null ? together : find(address);
        if (number < 0) {
            throw new StoreException("address " + address + " has no number in " + database.file());
        }
        return number;
    }

    /** The numbers of the miners of some samples, as long as no two addresses are exchanged. */
    @SuppressWarnings("ArrayRecordComponent") // handed on within the store and never compared
    record Numbered(MinerAddress[] miners, int[] numbers, int exchanges) {}

    /** The number of each sample's miner, -1 where it has none. */
    Numbered numbers(List<MetricSample> samples) {
        int exchangesThen = exchanges.get();
        MinerAddress[] miners = new MinerAddress[samples.size()];
        int[] found = new int[miners.length];
        Numbered last = lastNumbered;
        int next = last.exchanges == exchangesThen ? 0 : last.miners.length;
        for (int i = 0; i < found.length; i++) {
            MinerAddress miner = samples.get(i).miner();
            int same = position(last, next, miner);
            miners[i] = miner;
            found[i] = same < 0 ? find(miner) : last.numbers[same];
            next = same < 0 ? next : same + 1;
        }
        return new Numbered(miners, found, exchangesThen);
    }

    /** Polls name the same miners in the same order but for those that did not answer: none needs a look-up by its name. */
    private static int position(Numbered last, int from, MinerAddress miner) {
        int end = Math.min(last.miners.length, from + MAX_LEFT_OUT);
        for (int i = from; i < end; i++) {
            if (last.miners[i].equals(miner)) {
                return i;
            }
        }
        return -1;
    }

    /** The same after each miner that had no number has got one, in a transaction of its own. */
    Numbered enterMiners(List<MetricSample> samples) {
        Numbered numbered = numbers(samples);
        for (int number : numbered.numbers) {
            if (number < 0) {
                enter(Arrays.asList(numbered.miners));
                numbered = numbers(samples);
                break;
            }
        }
        lastNumbered = numbered;
        return numbered;
    }

    /** Numbers that were found before, as they are now; for use inside a transaction of the writer. */
    int[] current(Numbered numbered, List<MetricSample> samples) {
        return numbered.exchanges == exchanges.get() ? numbered.numbers : numbers(samples).numbers;
    }

    /** The largest number that an address has. */
    @Override
    public int highest() {
        return highest;
    }

    /** The position of each number's address in the order of all addresses, by number. */
    @Override
    public int[] ranks() {
        Ranks known = ranks;
        int highest = this.highest;
        int exchanges = this.exchanges.get();
        if (known.byNumber().length <= highest || known.exchanges() != exchanges) {
            MinerAddress[] all = addresses;
            int[] fresh = new int[highest + 1];
            int[] rank = {0};
            IntStream.rangeClosed(1, highest)
                    .filter(number -> all[number] != null)
                    .boxed()
                    .sorted(Comparator.comparing(number -> all[number]))
                    .forEach(number -> fresh[number] = rank[0]++);
            known = new Ranks(fresh, exchanges);
            ranks = known;
        }
        return known.byNumber();
    }

    /** Reads what must not name some miners as before and some as after an exchange. */
    <T> T withoutMoves(Supplier<T> load) {
        return locked(names.readLock(), load);
    }

    /** Exchanges addresses, from the transaction to the copy in the heap, while no thread is in {@link #withoutMoves}. */
    <T> T withoutLoads(Supplier<T> exchange) {
        return locked(names.writeLock(), exchange);
    }

    private static <T> T locked(Lock lock, Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    /** Learns that two addresses have exchanged their numbers in the file. */
    void exchange(MinerAddress from, MinerAddress to) {
        int first = number(from);
        int second = number(to);
        // a copy, so that holders of the array see both names change or neither
        MinerAddress[] known = addresses.clone();
        known[first] = to;
        known[second] = from;
        addresses = known;
        numbers.put(to, first);
        numbers.put(from, second);
        exchanges.incrementAndGet();
    }

    /** Gives each address a number, in a transaction of its own. Not to be called inside another. */
    void enter(Collection<MinerAddress> wanted) {
        Set<MinerAddress> unknown = null;
        for (MinerAddress address : wanted) {
            if (!numbers.containsKey(address)) {
                unknown = unknown == null ? new LinkedHashSet<>() : unknown;
                unknown.add(address);
            }
        }
        if (unknown != null) {
            Set<MinerAddress> added = unknown;
            database.write("number addresses", Durability.PROCESS, tx -> insert(tx, added), this::learnAll);
        }
    }

    /** Gives all miners together a number, in a transaction of its own. Not to be called inside another. */
    void enterAll() {
        if (together == 0) {
            database.write(
                    "number all miners together",
                    Durability.PROCESS,
                    tx -> {
                        if (together == 0) {
                            int next = nextNumber(tx, "all miners together");
                            tx.bind(INSERT).number(next).text("").update();
                            return next;
                        }
                        return together;
                    },
                    number -> together = number);
        }
    }

    void enter(@Nullable MinerAddress address) {
        if (address != null) {
            enter(Set.of(address));
        }
    }

    private Map<MinerAddress, Integer> insert(Transaction tx, Set<MinerAddress> unknown) throws SQLException {
        Map<MinerAddress, Integer> added = new LinkedHashMap<>();
        for (MinerAddress address : unknown) {
            if (!numbers.containsKey(address)) {
                int next = nextNumber(tx, address);
                tx.bind(INSERT).number(next).text(address.toString()).update();
                added.put(address, next);
            }
        }
        return added;
    }

    private int nextNumber(Transaction tx, Object whose) throws SQLException {
        int last = (int) tx.number("SELECT COALESCE(MAX(id), 0) FROM addresses");
        if (last == Times.MAX_MINER) {
            throw new StoreException("number addresses failed on " + database.file() + ": it has known "
                    + Times.MAX_MINER + " addresses, and there is no number left for " + whose);
        }
        return last + 1;
    }

    private void learnAll(Map<MinerAddress, Integer> added) {
        added.forEach((address, number) -> learn(number, address));
    }

    private String learn(int number, String address) {
        if (address.isEmpty()) {
            together = number;
        } else {
            learn(number, MinerAddress.parse(address));
        }
        return address;
    }

    private void learn(int number, MinerAddress address) {
        MinerAddress[] known = addresses;
        if (number >= known.length) {
            known = Arrays.copyOf(known, Math.max(number + 1, known.length * 2));
        }
        known[number] = address;
        addresses = known;
        highest = Math.max(highest, number);
        numbers.put(address, number);
    }
}
