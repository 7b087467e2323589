package io.minerops.testkit.memory;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.store.MinerStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

final class MemoryMiners implements MinerStore {
    private final InMemoryStore.Guard guard;
    private final TreeMap<MinerAddress, Miner> miners = new TreeMap<>();
    private final List<Move> moves = new ArrayList<>();
    private Consumer<MinerAddress> onRemoval = address -> {};
    private Consumer<Exchange> onExchange = exchange -> {};

    MemoryMiners(InMemoryStore.Guard guard) {
        this.guard = guard;
    }

    void onRemoval(Consumer<MinerAddress> action) {
        onRemoval = action;
    }

    void onExchange(Consumer<Exchange> action) {
        onExchange = action;
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
            Miner stored = known == null
                    ? miner
                    : miner.toBuilder(miner.address(), known.registeredAt()).build();
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

    @Override
    public int identify(Map<MinerAddress, MinerIdentity> identities, Instant at) {
        return guard.read(() -> {
            int added = register(identities.keySet(), at);
            identities.forEach(this::identify);
            return added;
        });
    }

    @Override
    public boolean readdress(MinerAddress from, MinerAddress to) {
        if (from.equals(to)) {
            throw new InvalidArgumentException("to", "to must be another address than from, not " + from + " again");
        }
        return guard.read(() -> {
            if (!miners.containsKey(from)) {
                return false;
            }
            Exchange exchange = new Exchange(from, to);
            exchange.in(
                    miners,
                    (miner, address) ->
                            miner.toBuilder(address, miner.registeredAt()).build());
            onExchange.accept(exchange);
            moves.add(new Move(moves.size() + 1, from, to));
            return true;
        });
    }

    @Override
    public List<Move> moves(long after) {
        return guard.read(
                () -> moves.stream().filter(move -> move.number() > after).toList());
    }

    void identify(MinerAddress address, MinerIdentity identity) {
        miners.computeIfPresent(address, (key, miner) -> miner.with(identity));
    }
}
