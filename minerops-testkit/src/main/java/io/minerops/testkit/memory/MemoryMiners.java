package io.minerops.testkit.memory;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

final class MemoryMiners implements MinerStore {
    private final InMemoryStore.Guard guard;
    private final TreeMap<MinerAddress, Miner> miners = new TreeMap<>();
    private Consumer<MinerAddress> onRemoval = address -> {};

    MemoryMiners(InMemoryStore.Guard guard) {
        this.guard = guard;
    }

    void onRemoval(Consumer<MinerAddress> action) {
        onRemoval = action;
    }

    @Override
    public List<Miner> all() {
        return guard.read(() -> List.copyOf(miners.values()));
    }

    @Override
    public Optional<Miner> find(MinerAddress address) {
        return guard.read(() -> Optional.ofNullable(miners.get(address)));
    }

    @Override
    public int register(Collection<MinerAddress> addresses, Instant at) {
        return guard.read(() -> {
            int before = miners.size();
            addresses.forEach(address -> miners.computeIfAbsent(
                    address, one -> Miner.builder(one, at).build()));
            return miners.size() - before;
        });
    }

    @Override
    public Miner put(Miner miner) {
        return guard.read(() -> {
            Miner known = miners.get(miner.address());
            Miner stored = known == null ? miner : registeredAt(miner, known.registeredAt());
            miners.put(stored.address(), stored);
            return stored;
        });
    }

    @Override
    public boolean remove(MinerAddress address) {
        return guard.read(() -> {
            onRemoval.accept(address);
            return miners.remove(address) != null;
        });
    }

    void identify(MinerAddress address, MinerIdentity identity) {
        miners.computeIfPresent(address, (key, miner) -> miner.with(identity));
    }

    private static Miner registeredAt(Miner miner, Instant at) {
        return new Miner(
                miner.address(),
                miner.hostname(),
                miner.vendor(),
                miner.model(),
                miner.firmwareVersion(),
                miner.mac(),
                miner.location(),
                miner.tags(),
                miner.nominalThs(),
                miner.nominalEfficiencyJPerTh(),
                miner.powerCapW(),
                miner.powerPriceUsdPerKwh(),
                miner.notes(),
                at);
    }
}
