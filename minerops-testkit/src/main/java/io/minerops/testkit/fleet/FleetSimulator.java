package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import io.minerops.testkit.fixture.DeviceEndpoint;
import io.minerops.testkit.fixture.RecordedDevice;
import io.minerops.testkit.fleet.server.Answer;
import io.minerops.testkit.fleet.server.FleetServer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ObjIntConsumer;
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
 * for that miner.
 *
 * <p>After the miners that are drawn come those that {@linkplain Builder#replay replay} recorded devices of any family,
 * at all the endpoints that these had. They say the same at any time; only troubles {@linkplain Trouble#isOfWire() of the
 * wire} show on them. All others answer {@code version}, {@code summary}, {@code stats}, {@code pools} and {@code devs},
 * alone or joined by {@code +} where the {@linkplain Model model} can, and refuse the rest; what would change them only
 * where they are {@linkplain Builder#obedient obedient}. Unlike real ones they serve many
 * clients at a time. Thread-safe.
 */
public final class FleetSimulator implements AutoCloseable {
    /** The most miners of one fleet. */
    public static final int MAX_MINERS = 20_000;

    private final List<FleetMember> members;
    private final Map<DeviceEndpoint, Integer> endpointPorts;
    private final FleetLayout layout;
    private final InstantSource clock;
    private final TroubleScript script;
    private final ObjIntConsumer<String> requestListener;
    private final AtomicReferenceArray<@Nullable Trouble> overrides;
    private volatile @Nullable Run run;

    /** What there is from the start to the close. */
    private record Run(
            FleetServer server,
            Instant startedAt,
            List<MinerAddress> addresses,
            List<Map<DeviceEndpoint, MinerAddress>> endpoints) {}

    private FleetSimulator(Builder builder) {
        layout = builder.layout;
        clock = builder.clock;
        script = builder.script;
        requestListener = builder.requestListener;
        members = builder.members();
        endpointPorts = Map.copyOf(builder.endpointPorts);
        overrides = new AtomicReferenceArray<>(members.size());
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
        FleetPorts ports = FleetPorts.of(members, layout, endpointPorts);
        FleetServer server = FleetServer.start(
                ports.listeners(),
                (miner, endpoint, request) -> answer(miner, endpoint, request, startedAt),
                miner -> troubleAt(miner, clock.instant(), startedAt) == Trouble.GONE);
        run = new Run(server, startedAt, ports.addresses(server.addresses()), ports.endpoints(server.addresses()));
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

    /**
     * One of the miners that are drawn, as it is now.
     *
     * @throws InvalidArgumentException if there is no such miner, or if it replays a recorded device
     */
    public SimulatedMiner simulated(int index) {
        checkIndex(index);
        Run current = running();
        Instant now = clock.instant();
        Trouble trouble = troubleAt(index, now, current.startedAt());
        if (members.get(index) instanceof ModelMiner drawn) {
            return new SimulatedMiner(
                    index,
                    current.addresses().get(index),
                    drawn.model(),
                    trouble,
                    drawn.state(now, trouble),
                    drawn.reported().pool(),
                    drawn.reported().ledOn());
        }
        throw new InvalidArgumentException(
                "miner", "miner must be one that is drawn, " + index + " replays a recorded device");
    }

    /** The device that a miner replays; empty where the miner is drawn. */
    public Optional<RecordedDevice> recorded(int index) {
        checkIndex(index);
        return members.get(index) instanceof RecordedMiner recorded ? Optional.of(recorded.device()) : Optional.empty();
    }

    /** Where each open endpoint of a miner is; the endpoints that were shut when it was recorded are not among them. */
    public Map<DeviceEndpoint, MinerAddress> endpoints(int index) {
        checkIndex(index);
        return running().endpoints().get(index);
    }

    /**
     * Gives a miner a trouble, whatever the script says, until it is healed or given another. Returns when it shows.
     *
     * @throws InvalidArgumentException if there is no such miner, or if the trouble would not show on it: as when it is to
     *     draw too much power and its replies do not hold its power, or when it replays a recorded device and the
     *     trouble is not {@linkplain Trouble#isOfWire() of the wire}
     */
    public void trouble(int index, Trouble trouble) {
        checkIndex(index);
        members.get(index).checkShows(trouble, members);
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

    private Answer answer(int index, DeviceEndpoint endpoint, byte[] request, Instant startedAt) {
        Instant now = clock.instant();
        requestListener.accept(new String(request, StandardCharsets.ISO_8859_1), index);
        Trouble trouble = troubleAt(index, now, startedAt);
        FleetMember miner = members.get(index);
        return WireTroubles.answer(trouble, endpoint, () -> miner.reply(endpoint, request, now, trouble));
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
        Check.between("miner", index, 0, members.size() - 1);
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
        private ObjIntConsumer<String> requestListener = (request, miner) -> {};
        private boolean obedient;
        private final List<RecordedDevice> recorded = new ArrayList<>();
        private final Map<DeviceEndpoint, Integer> endpointPorts = new EnumMap<>(DeviceEndpoint.class);

        private Builder() {}

        /** Seed of the fleet; default: 0. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * How many miners are drawn, 0 to {@value FleetSimulator#MAX_MINERS}; default: 10. 0 is for a fleet that only
         * replays.
         */
        public Builder miners(int value) {
            miners = Check.between("miners", value, 0, MAX_MINERS);
            return this;
        }

        /** One more miner, after all others, that says what a device has said. */
        public Builder replay(RecordedDevice device) {
            recorded.add(device);
            return this;
        }

        /**
         * Puts an endpoint of the miners that replay at another port than the one it was recorded at, such as one that needs
         * no privilege. Holds for miners with {@linkplain #onAddresses addresses of their own}; those that share one
         * have all but the CGMiner API on ports that are free.
         *
         * @param endpoint any but {@link DeviceEndpoint#CGMINER}, whose port is that of the miner's address
         * @param port 1 to 65,535
         */
        public Builder endpointPort(DeviceEndpoint endpoint, int port) {
            if (endpoint == DeviceEndpoint.CGMINER) {
                throw new InvalidArgumentException(
                        "endpoint", "endpoint must not be cgminer: its port is that of the miner's address");
            }
            endpointPorts.put(endpoint, Check.between("port", port, 1, 65_535));
            return this;
        }

        /**
         * The models that there are, at least one; default: all. As many miners in a row as there are models have each
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

        /** The clock; default: the system's. */
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /** Faults by miner and time; default: none. */
        public Builder troubleScript(TroubleScript value) {
            script = value;
            return this;
        }

        /**
         * Gets each request and the index of its miner, before the reply is made; default: nothing does. It runs on the
         * thread of the fleet, so that it must not block or throw.
         */
        public Builder onRequest(ObjIntConsumer<String> listener) {
            requestListener = listener;
            return this;
        }

        /**
         * Whether clients may restart miners ({@code restart}, {@code resetminer}), switch their pools ({@code
         * switchpool}) and their lights ({@code ledset}), each as its model takes it; denied by default. What they did
         * shows in later replies and in {@link FleetSimulator#simulated}.
         */
        public Builder obedient(boolean value) {
            obedient = value;
            return this;
        }

        private List<FleetMember> members() {
            List<FleetMember> all = new ArrayList<>();
            for (int index = 0; index < miners; index++) {
                Model model = Model.of(models, seed, index);
                all.add(new ModelMiner(seed, index, model, new ControllableMiner(model), obedient));
            }
            IdentityHashMap<RecordedDevice, RecordedAnswers> answers = new IdentityHashMap<>();
            for (RecordedDevice device : recorded) {
                all.add(new RecordedMiner(all.size(), device, answers.computeIfAbsent(device, RecordedAnswers::new)));
            }
            Check.between("the number of miners", all.size(), 1, MAX_MINERS);
            return List.copyOf(all);
        }

        /**
         * The fleet, not yet started.
         *
         * @throws InvalidArgumentException if it has no miner at all, or more than {@value FleetSimulator#MAX_MINERS}
         */
        public FleetSimulator build() {
            return new FleetSimulator(this);
        }
    }
}
