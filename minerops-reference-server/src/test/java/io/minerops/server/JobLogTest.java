package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.minerops.api.StoreException;
import io.minerops.api.event.Event;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.MarketException;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.Lease;
import io.minerops.core.MinerOps;
import io.minerops.core.alert.DefaultRules;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.internal.job.JobScheduler;
import io.minerops.core.internal.job.JobTask;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How loud the jobs are: what is expected or unchanged is no news. */
class JobLogTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-01T00:00:00Z"));

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.minerops.core");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final InMemoryStore store = new InMemoryStore();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    private List<ILoggingEvent> from(Level level) {
        return lines.list.stream()
                .filter(line -> line.getLevel().isGreaterOrEqual(level))
                .toList();
    }

    private List<String> texts(Level level) {
        return from(level).stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** A job whose runs end as scripted, in order: null is a success. */
    private static final class Scripted implements JobTask {
        private final List<RuntimeException> ends;

        Scripted(List<RuntimeException> ends) {
            this.ends = new ArrayList<>(ends);
        }

        @Override
        public String name() {
            return "calculate";
        }

        @Override
        public void run() {
            RuntimeException end = ends.remove(0);
            if (end instanceof Fine) {
                return;
            }
            throw end;
        }
    }

    private static final class Fine extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void run(RuntimeException... ends) {
        try (JobScheduler scheduler = new JobScheduler(Lease.always(), store.events(), CLOCK, List.of())) {
            scheduler.add(new Scripted(List.of(ends)), NEVER, NEVER);
            for (RuntimeException end : ends) {
                if (end instanceof Fine) {
                    scheduler.runNow("calculate");
                } else {
                    assertThatThrownBy(() -> scheduler.runNow("calculate")).isSameAs(end);
                }
            }
        }
    }

    @Test
    void a_market_that_cannot_be_reached_is_logged_when_it_begins_and_when_it_is_over() {
        run(
                new MarketException("coingecko: 429, again in 30 s"),
                new MarketException("coingecko: 429, again in 15 s"),
                new MarketException("coingecko: timed out"),
                new Fine(),
                new Fine());

        assertThat(texts(Level.INFO))
                .containsExactly(
                        "job calculate failed, and is tried again: coingecko: 429, again in 30 s",
                        "job calculate works again");
        assertThat(from(Level.ERROR)).isEmpty();
        assertThat(from(Level.INFO))
                .allSatisfy(line -> assertThat(line.getThrowableProxy()).isNull());
        assertThat(store.events()
                        .find(new EventQuery(Event.Level.INFO, null, null, 10, null))
                        .items())
                .hasSize(1);
    }

    @Test
    void a_fault_is_logged_with_its_stack_trace_once_in_a_row_of_the_same() {
        run(
                new StoreException("write failed after 3 ms: disk full"),
                new StoreException("write failed after 4 ms: disk full"),
                new StoreException("write failed after 5 ms: disk full"),
                new Fine(),
                new StoreException("write failed after 6 ms: disk full"));

        assertThat(from(Level.ERROR))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.getThrowableProxy()).isNotNull());
        assertThat(texts(Level.INFO)).hasSize(3).contains("job calculate works again");
    }

    @Test
    void another_fault_in_the_row_is_logged_too() {
        run(new StoreException("disk full"), new IllegalStateException("disk full"), new StoreException("locked"));

        assertThat(from(Level.ERROR)).hasSize(3);
    }

    @Test
    void a_poll_is_news_only_where_other_miners_answer_than_before() {
        try (FleetSimulator fleet = FleetSimulator.builder().miners(2).seed(7).build()) {
            fleet.start();
            List<MinerAddress> miners = fleet.addresses();
            try (MinerOps ops = MinerOps.builder()
                    .store(store)
                    .miners(MinerRange.of(miners))
                    .rulesIfNone(DefaultRules.standard())
                    .build()) {
                ops.pollNow();
                ops.pollNow();
                fleet.trouble(1, Trouble.GONE);
                ops.pollNow();
                ops.pollNow();
                fleet.heal(1);
                await().until(() -> ops.pollNow().answered() == 2);
            }

            assertThat(texts(Level.INFO))
                    .containsExactly(
                            "polled 2 addresses: 2 answered, 0 did not",
                            "polled 2 addresses: 1 answered, 1 did not {Refused=1}; no longer answering: "
                                    + miners.get(1),
                            "polled 2 addresses: 2 answered, 0 did not; now answering: " + miners.get(1));
        }
        assertThat(texts(Level.DEBUG)).noneMatch(line -> line.contains("{}"));
    }

    @Test
    void runs_that_change_nothing_are_no_news() {
        try (MinerOps ops = MinerOps.builder()
                .store(store)
                .rulesIfNone(DefaultRules.standard())
                .build()) {
            ops.pollNow();
            lines.list.clear();
            ops.pollNow();
            ops.checkAlertsNow();
            ops.checkAlertsNow();
        }

        assertThat(texts(Level.INFO)).isEmpty();
    }

    @Test
    void a_start_without_a_rule_that_is_on_is_warned_of() {
        try (MinerOps ops = MinerOps.builder().store(store).build()) {
            ops.start();
        }

        assertThat(texts(Level.WARN)).singleElement().asString().contains("no alert can be raised", "rulesIfNone");
    }

    @Test
    void a_start_with_rules_is_not_warned_of() {
        try (MinerOps ops = MinerOps.builder()
                .store(store)
                .rulesIfNone(DefaultRules.standard())
                .build()) {
            ops.start();
        }

        assertThat(texts(Level.WARN)).isEmpty();
    }
}
