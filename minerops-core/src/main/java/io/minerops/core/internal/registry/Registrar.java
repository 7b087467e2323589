package io.minerops.core.internal.registry;

import io.minerops.api.event.Event;
import io.minerops.api.miner.DeviceKey;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.store.MinerStore;
import io.minerops.api.store.Store;
import io.minerops.core.discovery.Registration;
import io.minerops.core.discovery.Registration.Relocation;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what devices say they are together with the registry: a device that answers at another address than the
 * registry has is recognised by its MAC or serial, and its entry and its history go there; what people said of a miner
 * is never touched. Each move is recorded as an event. Polls and discoveries both go through here. Thread-safe.
 *
 * <p>An entry of another device that is displaced goes to the address that became free, or goes away where nothing was
 * ever known of it but its address. An unknown device at the address of a known one takes over that
 * entry with its user input: usually the device was replaced. An event records that, too.
 */
public final class Registrar {
    /** What its events name as their source. */
    public static final String SOURCE = "registrar";

    private static final Logger log = LoggerFactory.getLogger(Registrar.class);

    private final Store store;

    /** A registrar of that store. */
    public Registrar(Store store) {
        this.store = store;
    }

    /**
     * Which devices would be recognised elsewhere if only it were known that they left their old address: worth querying
     * there before {@link #register}.
     *
     * @param answered who answered where
     */
    public List<MinerAddress> oldAddresses(Map<MinerAddress, MinerIdentity> answered) {
        return RelocationPlan.of(store.miners().all(), answered, address -> false).relocations().stream()
                .map(Relocation::from)
                .filter(from -> !answered.containsKey(from))
                .toList();
    }

    /**
     * Moves the entries of known devices to their new addresses; registers and identifies no device.
     *
     * @param answered who answered where
     * @param mayBeHome whether a device that did not answer at an address may be there all the same, because it was
     *     not queried or its response is pending
     * @return who moved, ordered by where they answered
     */
    public List<Relocation> follow(
            Map<MinerAddress, MinerIdentity> answered, Predicate<MinerAddress> mayBeHome, Instant at) {
        MinerStore miners = store.miners();
        Map<MinerAddress, Miner> registry = new LinkedHashMap<>();
        miners.all().forEach(miner -> registry.put(miner.address(), miner));
        RelocationPlan plan = RelocationPlan.of(registry.values(), answered, mayBeHome);
        if (!plan.doubtful().isEmpty()) {
            log.info("not distinguishable, because others report the same MAC or serial: {}", plan.doubtful());
        }
        Set<MinerAddress> bare = bareEntries(registry.values());
        for (RelocationPlan.Exchange exchange : plan.exchanges()) {
            miners.readdress(exchange.from(), exchange.to());
            exchange(bare, exchange);
        }
        for (Relocation move : plan.relocations()) {
            record(
                    at,
                    move.to(),
                    "the device of " + move.from() + " answers at " + move.to() + " now (recognised by its "
                            + words(move.key()) + "); its entry, history, alerts, rules and silences follow it");
        }
        displaced(plan, bare).forEach(address -> dropIfBare(address, answered));
        noteExchangedDevices(plan, answered, at);
        return plan.relocations();
    }

    private static Set<MinerAddress> bareEntries(Collection<Miner> registry) {
        return registry.stream()
                .filter(Miner::isBare)
                .map(Miner::address)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static void exchange(Set<MinerAddress> bare, RelocationPlan.Exchange exchange) {
        boolean first = bare.remove(exchange.from());
        boolean second = bare.remove(exchange.to());
        if (first) {
            bare.add(exchange.to());
        }
        if (second) {
            bare.add(exchange.from());
        }
    }

    /** The bare entries that had to give way to another. */
    private static Set<MinerAddress> displaced(RelocationPlan plan, Set<MinerAddress> bare) {
        return plan.exchanges().stream()
                .map(RelocationPlan.Exchange::from)
                .filter(bare::contains)
                .collect(Collectors.toSet());
    }

    private void dropIfBare(MinerAddress address, Map<MinerAddress, MinerIdentity> answered) {
        boolean bare = store.miners().find(address).map(Miner::isBare).orElse(false);
        if (bare && !answered.containsKey(address)) {
            store.miners().remove(address);
        }
    }

    private void noteExchangedDevices(RelocationPlan plan, Map<MinerAddress, MinerIdentity> answered, Instant at) {
        Set<MinerAddress> arrived =
                plan.relocations().stream().map(Relocation::to).collect(Collectors.toSet());
        answered.forEach((address, identity) -> {
            Optional<DeviceKey> now = arrived.contains(address) ? Optional.empty() : DeviceKey.ofMac(identity.mac());
            String before = now.isEmpty()
                    ? null
                    : store.miners().find(address).map(Miner::mac).orElse(null);
            Optional<DeviceKey> earlier = DeviceKey.ofMac(before);
            if (earlier.isPresent() && !earlier.equals(now)) {
                record(
                        at,
                        address,
                        "another device answers at " + address + ": MAC " + identity.mac() + " in place of " + before
                                + "; data entered by users stays with the address");
            }
        });
    }

    /**
     * Moves the entries of known devices, registers those that are not known, and writes down what all of them say they
     * are.
     *
     * @param answered who answered where
     * @param mayBeHome as for {@link #follow}
     */
    public Registration register(
            Map<MinerAddress, MinerIdentity> answered, Predicate<MinerAddress> mayBeHome, Instant at) {
        List<Relocation> moved = follow(answered, mayBeHome, at);
        int added = store.miners().identify(answered, at);
        return new Registration(added, moved);
    }

    private void record(Instant at, MinerAddress miner, String message) {
        log.info("{}", message);
        store.events().record(Event.of(at, Event.Level.INFO, SOURCE, miner, message));
    }

    private static String words(DeviceKey.Kind key) {
        return key == DeviceKey.Kind.MAC ? "MAC" : "serial number";
    }
}
