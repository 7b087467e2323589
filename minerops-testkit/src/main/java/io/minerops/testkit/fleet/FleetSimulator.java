package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Any number of simulated miners that speak the CGMiner protocol over real sockets, all on one thread.
 *
 * <pre>{@code
 * try (FleetSimulator fleet = FleetSimulator.builder().miners(50).seed(7).build()) {
 *     fleet.start();
 *     MinerRange miners = MinerRange.parse(fleet.range());
 *     fleet.trouble(3, Trouble.ZERO);
 * }
 * }</pre>
 *
 * <p>The same seed gives the same fleet: at one instant of the clock, and with the same trouble, a miner gives the same
 * reply to the byte. Troubles come from a {@link TroubleScript} and from {@link #trouble}, which overrides the script
 * for that miner. Miners answer {@code version}, {@code summary}, {@code stats}, {@code pools} and {@code devs}, alone
 * or joined by {@code +} where the {@linkplain Model model} can, and refuse the rest; what would change them only
 * where they are {@linkplain Builder#obedient obedient}. Unlike real ones they serve many
 * clients at a time. Thread-safe.
 */
public final class FleetSimulator implements AutoCloseable {
    /** The most miners of one fleet. */
    public static final int MAX_MINERS = 20_000;

    private final long seed;
    private final List<Model> models;
    private final List<ToldMiner> told;
    private final boolean obedient;
    private final FleetLayout layout;
    private final InstantSource clock;
    private final TroubleScript script;
    private final AtomicReferenceArray<@Nullable Trouble> overrides;
    private volatile @Nullable Run run;

    /** What there is from the start to the close. */
    private record Run(FleetServer server, Instant startedAt, List<MinerAddress> addresses) {}

    private FleetSimulator(Builder builder) {
        seed = builder.seed;
        layout = builder.layout;
        clock = builder.clock;
        script = builder.script;
        models = IntStream.range(0, builder.miners)
                .mapToObj(index -> Model.of(builder.models, seed, index))
                .toList();
        told = models.stream().map(ToldMiner::new).toList();
        obedient = builder.obedient;
        overrides = new AtomicReferenceArray<>(builder.miners);
    }

    /** A builder of a fleet of ten miners on free ports of the loopback address. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Listens at all addresses and serves until closed; the script begins.
     *
     * @throws IllegalStateException if it is running already
     * @throws java.io.UncheckedIOException naming the address that cannot be listened at
     */
    public synchronized void start() {
        if (run != null) {
            throw new IllegalStateException("the simulated fleet is running already");
        }
        Instant startedAt = clock.instant();
        FleetServer server = FleetServer.start(
                layout.place(models.size()),
                (miner, request) -> answer(miner, request, startedAt),
                miner -> troubleAt(miner, clock.instant(), startedAt) == Trouble.GONE);
        List<MinerAddress> addresses =
                server.addresses().stream().map(FleetSimulator::address).toList();
        run = new Run(server, startedAt, addresses);
        server.settle();
    }

    /** Where the miners answer, in the order of their indices. */
    public List<MinerAddress> addresses() {
        return running().addresses();
    }

    /**
     * The addresses as one text, such as {@code 127.0.0.1:40000-40049} or {@code 127.20.0.1-127.20.0.20:4028}; several
     * such ranges with commas between them where the ports have gaps.
     */
    public String range() {
        return layout.range(addresses());
    }

    /** One miner as it is now. */
    public SimulatedMiner simulated(int index) {
        checkIndex(index);
        Run current = running();
        Instant now = clock.instant();
        Trouble trouble = troubleAt(index, now, current.startedAt());
        Model model = models.get(index);
        ToldMiner clients = told.get(index);
        return new SimulatedMiner(
                index,
                current.addresses().get(index),
                model,
                trouble,
                clients.state(MinerState.of(seed, index, model, now, trouble), now),
                clients.pool(),
                clients.ledOn());
    }

    /**
     * Gives a miner a trouble, whatever the script says, until it is healed or given another. Returns when it shows.
     *
     * @throws InvalidArgumentException if there is no such miner, or if it is to draw too much power and its replies do
     *     not hold its power
     */
    public void trouble(int index, Trouble trouble) {
        checkIndex(index);
        if (trouble == Trouble.OVER_POWER && !models.get(index).measuresPower()) {
            throw new InvalidArgumentException(
                    "trouble",
                    "OVER_POWER shows only on a miner that measures its power; " + index + " is an "
                            + models.get(index).type() + " and does not, the first that does is " + firstMeasuring());
        }
        Run current = running();
        overrides.set(index, trouble);
        current.server().settle();
    }

    /** Makes a miner well, from now on and whatever the script says. Returns when it shows. */
    public void heal(int index) {
        trouble(index, Trouble.NONE);
    }

    /** Stops serving and frees all addresses. A second call does nothing. */
    @Override
    public synchronized void close() {
        Run current = run;
        run = null;
        if (current != null) {
            current.server().close();
        }
    }

    private byte @Nullable [] answer(int index, Request request, Instant startedAt) {
        Instant now = clock.instant();
        Trouble trouble = troubleAt(index, now, startedAt);
        if (trouble == Trouble.SILENT || trouble == Trouble.GONE) {
            return null;
        }
        Model model = models.get(index);
        ToldMiner clients = told.get(index);
        ToldMiner.Obeyed obeyed = obedient
                        && request instanceof Request.Commands commands
                        && commands.names().size() == 1
                ? clients.obey(commands.names().get(0), commands.parameter(), now)
                : null;
        MinerState state = clients.state(MinerState.of(seed, index, model, now, trouble), now);
        Replies replies = new Replies(index, model, state, now.getEpochSecond(), clients.pool());
        return obeyed == null ? replies.answer(request) : replies.answer(obeyed);
    }

    private Trouble troubleAt(int index, Instant now, Instant startedAt) {
        Trouble override = overrides.get(index);
        if (override != null) {
            return override;
        }
        Duration elapsed = Duration.between(startedAt, now);
        return script.troubleAt(index, elapsed.isNegative() ? Duration.ZERO : elapsed);
    }

    private Run running() {
        Run current = run;
        if (current == null) {
            throw new IllegalStateException("the simulated fleet is not running: start() comes first");
        }
        return current;
    }

    private void checkIndex(int index) {
        Check.between("miner", index, 0, models.size() - 1);
    }

    private String firstMeasuring() {
        return IntStream.range(0, models.size())
                .filter(index -> models.get(index).measuresPower())
                .mapToObj(Integer::toString)
                .findFirst()
                .orElse("none of this fleet");
    }

    private static MinerAddress address(InetSocketAddress socket) {
        return new MinerAddress(socket.getAddress().getHostAddress(), socket.getPort());
    }

    /** What a fleet is to be like. */
    public static final class Builder {
        private static final int DEFAULT_MINERS = 10;

        private long seed;
        private int miners = DEFAULT_MINERS;
        private List<Model> models = Model.all();
        private FleetLayout layout = new FleetLayout.Ports(InetAddress.getLoopbackAddress(), 0);
        private InstantSource clock = InstantSource.system();
        private TroubleScript script = TroubleScript.none();
        private boolean obedient;

        private Builder() {}

        /** What the fleet is drawn from, 0 unless told. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** How many miners there are, 1 to {@value FleetSimulator#MAX_MINERS}; 10 unless told. */
        public Builder miners(int value) {
            miners = Check.between("miners", value, 1, MAX_MINERS);
            return this;
        }

        /**
         * The models that there are, at least one; all unless told. As many miners in a row as there are models have each
         * of them once.
         */
        public Builder models(Model... values) {
            if (values.length == 0) {
                throw new InvalidArgumentException("models", "models must be one or more of " + Model.all());
            }
            models = List.of(values);
            return this;
        }

        /**
         * Puts all miners on one address, each at a port of its own.
         *
         * @param firstPort the ports go on from here; 0 gives each one that is free
         */
        public Builder onPorts(InetAddress host, int firstPort) {
            return layout(new FleetLayout.Ports(host, firstPort));
        }

        /**
         * Puts all miners on one port, each at an address of its own. Linux has all of 127.0.0.0/8 for this.
         *
         * @param firstAddress an IPv4 address; the addresses go on from here
         */
        public Builder onAddresses(String firstAddress, int port) {
            return layout(new FleetLayout.Addresses(firstAddress, port));
        }

        Builder layout(FleetLayout value) {
            layout = value;
            return this;
        }

        /** What tells the time; the system unless told. */
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /** Which miner has which trouble when; none unless told. */
        public Builder troubleScript(TroubleScript value) {
            script = value;
            return this;
        }

        /**
         * Whether clients may restart miners ({@code restart}, {@code resetminer}), switch their pools ({@code
         * switchpool}) and their lights ({@code ledset}), each as its model takes it; denied unless told. What they did
         * shows in later replies and in {@link FleetSimulator#simulated}.
         */
        public Builder obedient(boolean value) {
            obedient = value;
            return this;
        }

        /** The fleet, not yet started. */
        public FleetSimulator build() {
            return new FleetSimulator(this);
        }
    }
}
