package io.minerops.core.internal.job;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.job.PollReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;

/**
 * Logs polls: at INFO the first one and each after which other miners answer than before, at DEBUG all others. A miner
 * whose answer is left to the next poll, or that this machine could not read, counts as it did before. Not thread-safe.
 */
final class PollLog {
    /** How many addresses a line names; the others are counted. */
    private static final int MAX_NAMED = 5;

    private final Logger log;
    private final Set<MinerAddress> answering = new HashSet<>();
    private boolean first = true;

    PollLog(Logger log) {
        this.log = log;
    }

    /** Logs a poll and the readings that it collected. */
    void polled(PollReport report, List<MinerReading> readings) {
        List<MinerAddress> begun = new ArrayList<>();
        List<MinerAddress> ended = new ArrayList<>();
        for (MinerReading reading : readings) {
            if (reading instanceof MinerReading.Ok) {
                if (answering.add(reading.miner())) {
                    begun.add(reading.miner());
                }
            } else if (!(reading instanceof MinerReading.NotRead) && answering.remove(reading.miner())) {
                ended.add(reading.miner());
            }
        }
        String line = summary(report);
        if (first) {
            log.info("{}", line);
        } else if (begun.isEmpty() && ended.isEmpty()) {
            log.debug("{}", line);
        } else {
            log.info("{}{}{}", line, named("; now answering", begun), named("; no longer answering", ended));
        }
        first = false;
    }

    private static String summary(PollReport report) {
        int missing = report.queried() - report.answered();
        return "polled " + report.queried() + " addresses: " + report.answered() + " answered, " + missing + " did not"
                + (report.failures().isEmpty() ? "" : " " + new TreeMap<>(report.failures()));
    }

    private static String named(String what, List<MinerAddress> miners) {
        if (miners.isEmpty()) {
            return "";
        }
        String names = String.join(
                ", ",
                miners.stream().limit(MAX_NAMED).map(MinerAddress::toString).toList());
        int more = miners.size() - MAX_NAMED;
        return what + ": " + names + (more > 0 ? " and " + more + " more" : "");
    }
}
