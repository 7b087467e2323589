package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.MinerCondition;
import io.minerops.core.alert.type.RuleOption;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.Sentence;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fewer than {@code min_pools_alive} of the configured pools answer, or the miner works for a pool or as a worker that
 * the rule does not allow: it was hijacked, or set up wrong. Where the rule has neither option, every pool is allowed.
 */
public final class PoolRule implements RuleTypeDefinition {
    private static final Threshold MIN_POOLS_ALIVE = Threshold.builder("min_pools_alive")
            .label("Fewer answer than")
            .unit("pools")
            .range(0, 16)
            .defaultValue(1)
            .help("Raises where fewer answer.")
            .build();
    private static final RuleOption ALLOWED_POOLS = new RuleOption(
            "allowed_pools",
            "Allowed pools (host, * for any characters)",
            "any pool",
            "Pools that are allowed, with * for any characters.",
            List.of("*.example.com"));
    private static final RuleOption ALLOWED_WORKERS = new RuleOption(
            "allowed_workers",
            "Allowed workers (* for any characters)",
            "any worker",
            "Workers that are allowed, with * for any characters.",
            List.of("farm.*"));

    @Override
    public RuleType type() {
        return RuleType.POOL;
    }

    @Override
    public String label() {
        return "pool";
    }

    @Override
    public String summary() {
        return "no pool answers, or the miner uses one that is not allowed, as when it was hijacked";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(MIN_POOLS_ALIVE);
    }

    @Override
    public List<RuleOption> options() {
        return List.of(ALLOWED_POOLS, ALLOWED_WORKERS);
    }

    @Override
    public String sentence(AlertRule rule) {
        double alive = MIN_POOLS_ALIVE.of(rule);
        return new Sentence(rule)
                .with(alive > 1 ? "fewer than " + Limits.number(alive) + " pools answer" : "no pool answers")
                .ifSet("a pool other than", ALLOWED_POOLS)
                .ifSet("a worker other than", ALLOWED_WORKERS)
                .toString();
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new WrongPool(
                MIN_POOLS_ALIVE.of(rule),
                ALLOWED_POOLS.of(rule).stream().map(PoolPattern::new).toList(),
                ALLOWED_WORKERS.of(rule));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        boolean never = MIN_POOLS_ALIVE.of(rule) == 0 && rule.options().isEmpty();
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
                    ? Map.of(MIN_POOLS_ALIVE.name(), minAlive)
                    : Map.of("pools_alive", alive, MIN_POOLS_ALIVE.name(), minAlive);
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
