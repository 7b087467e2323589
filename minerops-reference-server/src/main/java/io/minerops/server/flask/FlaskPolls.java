package io.minerops.server.flask;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts samples together into polls. The Flask system has no polls: it writes each miner at its own time, one after
 * another. A poll begins with a sample, and ends before a miner that it has already, before a sample of more than five
 * minutes later, and where time goes back. The same file gives the same polls each time. Not thread-safe.
 */
final class FlaskPolls {
    private static final Duration MAX_LENGTH = Duration.ofMinutes(5);

    private final Map<MinerAddress, MetricSample> samples = new LinkedHashMap<>();
    private Instant begin = Instant.MIN;

    /** Takes the next sample; the poll that ends before it, if one does. */
    Optional<Poll> add(MetricSample sample) {
        boolean ends = !samples.isEmpty()
                && (samples.containsKey(sample.miner())
                        || sample.readAt().isBefore(begin)
                        || sample.readAt().isAfter(begin.plus(MAX_LENGTH)));
        Optional<Poll> ended = ends ? end() : Optional.empty();
        if (samples.isEmpty()) {
            begin = sample.readAt().truncatedTo(ChronoUnit.MILLIS);
        }
        samples.put(sample.miner(), sample);
        return ended;
    }

    /** The poll that is under way, if there is one. */
    Optional<Poll> end() {
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        Poll poll = Poll.of(begin, List.copyOf(samples.values()));
        samples.clear();
        return Optional.of(poll);
    }
}
