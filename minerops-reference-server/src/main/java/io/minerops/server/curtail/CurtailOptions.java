package io.minerops.server.curtail;

import io.minerops.api.store.Store;
import io.minerops.core.service.CurtailmentService;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.profit.ProfitCommand;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.InstantSource;
import picocli.CommandLine.Option;

/** How miners stop and start, for the commands that need it, and the services over a store. */
final class CurtailOptions {
    @Option(
            names = "--min-run",
            paramLabel = "MIN",
            description = "minimum run time after a start, minutes; default: 0")
    private double minRun;

    @Option(names = "--min-stop", paramLabel = "MIN", description = "minimum stop time, minutes; default: 0")
    private double minStop;

    @Option(
            names = "--restart",
            paramLabel = "MIN",
            description = "time after a start without hashing, minutes; default: 0")
    private double restart;

    @Option(names = "--idle", paramLabel = "W", description = "power of a stopped miner, W; default: 0")
    private double idleW;

    Duration minRun() {
        return PlanForm.minutes("--min-run", minRun, 0, PlanForm.MAX_MINUTES);
    }

    Duration minStop() {
        return PlanForm.minutes("--min-stop", minStop, 0, PlanForm.MAX_MINUTES);
    }

    Duration restart() {
        return PlanForm.minutes("--restart", restart, 0, PlanForm.MAX_MINUTES);
    }

    double idleW() {
        return idleW;
    }

    static CurtailmentService service(Store store, ServerConfig config) {
        return new CurtailmentService(store, ProfitCommand.offline(store, config, InstantSource.system()));
    }

    /** Rounded once, half-even, to the cent. */
    static String usd(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** Rounded half-even, with so many decimals. */
    static String number(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
    }
}
