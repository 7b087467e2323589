package io.minerops.core.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.event.Event;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.notify.Notifier;
import io.minerops.api.profit.Tariff;
import io.minerops.api.store.EventQuery;
import io.minerops.core.internal.statement.StatementCalculator;
import io.minerops.core.internal.statement.Terms;
import io.minerops.core.profit.PowerPrices;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.StatementRequest;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SendStatementJobTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant END = Instant.parse("2026-10-31T23:00:00Z");

    private final InMemoryStore store = new InMemoryStore();
    private final List<Notification> sent = new ArrayList<>();
    private final List<Miner> miners =
            new ArrayList<>(List.of(Miner.builder(MinerAddress.of("10.0.0.1"), END.minus(Duration.ofDays(40)))
                    .owner("Meridian")
                    .build()));
    private Delivery outcome = new Delivery.Sent(null);
    private Instant now = END.plus(Duration.ofHours(2));

    private final Notifier notifier = new Notifier() {
        @Override
        public String channel() {
            return "email";
        }

        @Override
        public CompletionStage<Delivery> deliver(Notification notification) {
            sent.add(notification);
            return CompletableFuture.completedFuture(outcome);
        }

        @Override
        public void close() {}
    };

    private SendStatementJob job() {
        return new SendStatementJob(this::statement, store.events(), notifier, BERLIN, () -> now);
    }

    private StatementReport statement(StatementRequest request) {
        return new StatementCalculator(
                        MinerIndex.of(miners),
                        request,
                        request.period().until(),
                        hour -> new Terms(null, PowerPrices.NONE.at(hour, new Tariff(0.1))))
                .finish();
    }

    @Test
    void the_statement_of_the_month_that_is_over_is_sent_with_its_owners() {
        job().run();

        assertThat(sent).singleElement().isInstanceOfSatisfying(Notification.Report.class, report -> {
            assertThat(report.title()).isEqualTo("Statement of 2026-10");
            assertThat(report.key()).isEqualTo("minerops-statement-2026-10-Europe-Berlin");
            assertThat(report.figures())
                    .extracting(Notification.Report.Figure::name)
                    .contains("Revenue", "Profit", "Owner Meridian", "Estimated or unknown: time without data");
        });
    }

    @Test
    void it_is_sent_once_by_one_process_and_by_others_on_the_same_store() {
        SendStatementJob job = job();
        job.run();
        job.run();
        job().run();
        now = now.plus(Duration.ofDays(6));
        job().run();

        assertThat(sent).hasSize(1);
        assertThat(store.events()
                        .find(new EventQuery(Event.Level.INFO, null, END, 10, null))
                        .items())
                .singleElement()
                .satisfies(event ->
                        assertThat(event.message()).isEqualTo("sent the statement of 2026-10 (Europe/Berlin)"));
    }

    @Test
    void the_next_month_is_sent_as_well() {
        SendStatementJob job = job();
        job.run();
        now = Instant.parse("2026-12-01T01:00:00Z");
        job.run();

        assertThat(sent)
                .extracting(message -> ((Notification.Report) message).title())
                .containsExactly("Statement of 2026-10", "Statement of 2026-11");
    }

    @Test
    void it_is_found_behind_many_later_events() {
        job().run();
        for (int event = 0; event < 2_100; event++) {
            store.events().record(Event.of(now.plusSeconds(event), Event.Level.INFO, "poll-metrics", null, "polled"));
        }
        job().run();

        assertThat(sent).hasSize(1);
    }

    @Test
    void nothing_is_sent_before_the_last_hour_is_known_or_a_week_after_the_end() {
        now = END.plus(Duration.ofMinutes(59));
        job().run();
        now = END.plus(Duration.ofDays(8));
        job().run();

        assertThat(sent).isEmpty();
    }

    @Test
    void a_fleet_without_miners_has_nothing_to_send() {
        miners.clear();
        job().run();

        assertThat(sent).isEmpty();
    }

    @Test
    void what_was_not_accepted_is_a_failed_run_and_is_sent_again() {
        SendStatementJob job = job();
        outcome = new Delivery.RetryAfter(null, "mail server 127.0.0.1:25: greylisted");

        assertThatThrownBy(job::run)
                .hasMessage("the statement was not sent: mail server 127.0.0.1:25: greylisted")
                .satisfies(failure -> assertThat(job.isExpected(failure)).isTrue())
                .satisfies(failure -> assertThat(job.isOwnFault(failure)).isFalse());

        outcome = new Delivery.Sent(null);
        job.run();
        assertThat(sent)
                .hasSize(2)
                .extracting(Notification::key)
                .containsOnly("minerops-statement-2026-10-Europe-Berlin");
    }
}
