package io.minerops.core.internal.cost;

import static io.minerops.core.internal.cost.CostedFleet.HOLD;
import static io.minerops.core.internal.cost.CostedFleet.MINER;
import static io.minerops.core.internal.cost.CostedFleet.lost;
import static io.minerops.core.internal.cost.CostedFleet.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.alert.Alert;
import io.minerops.core.alert.AlertTransition.Counts;
import io.minerops.core.job.AlertReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertCostsTest {
    private final CostedFleet fleet = new CostedFleet();
    private long nanos;
    private Duration took = Duration.ZERO;

    private final AlertCosts costs =
            new AlertCosts(fleet.store, since -> hour -> fleet.prices.apply(hour), HOLD, () -> nanos += took.toNanos());

    private long id;

    @BeforeEach
    void one_alert() {
        fleet.nominal();
        fleet.polls(0, 60, 60.0, 1_600.0);
        id = fleet.raise(fleet.rule, MINER, minute(0));
        check(minute(10), List.of());
    }

    private void check(Instant at, List<Alert> resolved) {
        costs.checked(new AlertReport(at, Duration.ZERO, List.of(), resolved, Counts.NONE, List.of(), 0, 0));
    }

    private void hasCostOf(double minutes) {
        assertThat(fleet.usd(id)).isCloseTo(lost(40, 0.4, minutes / 60), within(1e-12));
    }

    @Test
    void are_brought_up_to_date_once_a_minute() {
        check(minute(10.9), List.of());
        hasCostOf(10);

        check(minute(12), List.of());
        hasCostOf(12);
    }

    @Test
    void are_brought_up_to_date_at_once_when_an_alert_ends() {
        fleet.resolve(id, minute(10.5));
        check(minute(10.5), List.of(fleet.store.alerts().find(id).orElseThrow()));

        hasCostOf(10);
        check(minute(30), List.of());
        hasCostOf(10);
    }

    @Test
    void wait_so_long_that_they_take_a_twentieth_of_the_time() {
        took = Duration.ofSeconds(6);
        check(minute(11), List.of());
        hasCostOf(11);

        check(minute(12.9), List.of());
        hasCostOf(11);
        check(minute(13), List.of());
        hasCostOf(13);
    }
}
