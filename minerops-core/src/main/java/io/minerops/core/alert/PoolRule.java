package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fewer than {@code min_pools_alive} of the configured pools answer, or the miner works for a pool or as a worker that
 * the rule does not allow: it was hijacked, or set up wrong. Where the rule has neither option, every pool is allowed.
 */
final class PoolRule implements RuleTypeDefinition {
    private static final String MIN_POOLS_ALIVE = "min_pools_alive";
    private static final String ALLOWED_POOLS = "allowed_pools";
    private static final String ALLOWED_WORKERS = "allowed_workers";
    private static final double MOST_POOLS = 16;

    @Override
    public RuleType type() {
        return RuleType.POOL;
    }

    @Override
    public Set<String> thresholds() {
        return Set.of(MIN_POOLS_ALIVE);
    }

    @Override
    public Set<String> options() {
        return Set.of(ALLOWED_POOLS, ALLOWED_WORKERS);
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new WrongPool(
                Limits.get(rule.thresholds(), MIN_POOLS_ALIVE, 1, 0, MOST_POOLS),
                rule.option(ALLOWED_POOLS).stream().map(PoolPattern::new).toList(),
                rule.option(ALLOWED_WORKERS));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        boolean never =
                rule.thresholds().get(MIN_POOLS_ALIVE, 1) == 0 && rule.options().isEmpty();
        return never
                ? List.of("This rule never raises: min_pools_alive is 0, and every pool and worker is allowed.")
                : List.of();
    }

    private record WrongPool(double minAlive, List<PoolPattern> allowed, List<String> workers)
            implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of(Reading.POOLS_ALIVE);
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            double alive = check.snapshot().value(Reading.POOLS_ALIVE, row);
            Pool pool = check.snapshot().pool(row);
            if (alive < minAlive || (pool != null && !isAllowed(pool))) {
                return Verdict.VIOLATED;
            }
            boolean judgesPool = !allowed.isEmpty() || !workers.isEmpty();
            boolean isKnown = pool != null || (!judgesPool && !Double.isNaN(alive));
            return isKnown ? Verdict.CLEAR : Verdict.UNKNOWN;
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            double alive = check.snapshot().value(Reading.POOLS_ALIVE, row);
            Pool pool = check.snapshot().pool(row);
            Map<String, Double> details = Double.isNaN(alive)
                    ? Map.of(MIN_POOLS_ALIVE, minAlive)
                    : Map.of("pools_alive", alive, MIN_POOLS_ALIVE, minAlive);
            return new Finding(message(alive, pool), details);
        }

        private String message(double alive, @Nullable Pool pool) {
            if (alive < minAlive) {
                return alive == 0
                        ? "No pool answers"
                        : Limits.number(alive) + " pools answer, fewer than " + Limits.number(minAlive);
            } else if (pool == null) {
                return "Pools answer again";
            }
            String whose = pool.url() + (pool.worker() == null ? "" : " as " + pool.worker());
            return "Works for " + whose + (isAllowed(pool) ? ", as it should" : ", which is not allowed");
        }

        private boolean isAllowed(Pool pool) {
            return anyPool(pool.url()) && anyWorker(pool.worker());
        }

        private boolean anyPool(String url) {
            for (int i = 0; i < allowed.size(); i++) {
                if (allowed.get(i).matches(url)) {
                    return true;
                }
            }
            return allowed.isEmpty();
        }

        private boolean anyWorker(@Nullable String worker) {
            for (int i = 0; i < workers.size() && worker != null; i++) {
                if (Wildcards.match(workers.get(i), worker, 0, worker.length())) {
                    return true;
                }
            }
            return workers.isEmpty() || worker == null;
        }
    }
}
