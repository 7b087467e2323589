package io.minerops.testkit.contract;

import io.minerops.api.store.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A lease that two instances share in one process keeps the contract. */
class SharedLeaseContractTest extends SharedLeaseContract {
    private final Map<String, Holder> holders = new HashMap<>();
    private final Lease first = new Instance();
    private final Lease second = new Instance();
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    private record Holder(Lease instance, long token, Instant until) {}

    private final class Instance implements Lease {
        @Override
        public OptionalLong acquire(String job, Duration ttl) {
            Holder last = holders.get(job);
            long token = 1;
            if (last != null) {
                boolean held = last.until().isAfter(now);
                if (held && last.instance() != this) {
                    return OptionalLong.empty();
                }
                token = held ? last.token() : last.token() + 1;
            }
            holders.put(job, new Holder(this, token, now.plus(ttl)));
            return OptionalLong.of(token);
        }

        @Override
        public void release(String job) {
            holders.computeIfPresent(
                    job, (name, last) -> last.instance() == this ? new Holder(this, last.token(), now) : last);
        }
    }

    @Override
    protected Lease lease() {
        return first;
    }

    @Override
    protected Lease another() {
        return second;
    }

    @Override
    protected void pass(Duration time) {
        now = now.plus(time);
    }
}
