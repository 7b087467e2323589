package io.minerops.core.internal.cost;

import static io.minerops.core.internal.cost.CostedFleet.MINER;
import static io.minerops.core.internal.cost.CostedFleet.lost;
import static io.minerops.core.internal.cost.CostedFleet.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.alert.AlertCost;
import io.minerops.core.alert.type.Economics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostLedgerTest {
    private final CostedFleet fleet = new CostedFleet();

    private AlertCost cost(long id) {
        return Objects.requireNonNull(fleet.cost(id));
    }

    @Test
    void of_an_offline_miner_is_its_whole_revenue_less_the_power_that_it_does_not_draw() {
        fleet.nominal();
        fleet.polls(0, 5, 100.0, 2_000.0);
        fleet.polls(6, 69, null, null);
        long id = fleet.raise(fleet.rule, MINER, minute(9));

        fleet.ledger.update(minute(69));

        assertThat(cost(id).usd()).isCloseTo(lost(100, 2, 1), within(1e-12));
        assertThat(cost(id).since()).isEqualTo(minute(9));
        assertThat(cost(id).counted()).isEqualTo(Duration.ofHours(1));
        assertThat(cost(id).basis()).isEqualTo(AlertCost.Basis.NOMINAL);
        assertThat(cost(id).complete()).isTrue();
    }

    @Test
    void of_a_slow_miner_is_what_it_lacks() {
        fleet.nominal();
        fleet.polls(0, 30, 60.0, 1_500.0);
        long id = fleet.raise(fleet.rule, MINER, minute(0));

        fleet.ledger.update(minute(30));

        assertThat(fleet.usd(id)).isCloseTo(lost(40, 0.5, 0.5), within(1e-12));
    }

    @Test
    void is_none_while_the_rate_is_whole_whatever_power_it_takes() {
        fleet.nominal();
        fleet.polls(0, 30, 101.0, 1_000.0);
        long id = fleet.raise(fleet.rule, MINER, minute(0));

        fleet.ledger.update(minute(30));

        assertThat(fleet.usd(id)).isZero();
    }

    @Test
    void without_a_nominal_rate_compares_with_the_mean_of_the_days_before() {
        fleet.polls(-180, 0, 80.0, 1_600.0);
        fleet.polls(1, 60, 40.0, 1_600.0);
        long id = fleet.raise(fleet.rule, MINER, minute(1));

        fleet.ledger.update(minute(61));

        assertThat(cost(id).basis()).isEqualTo(AlertCost.Basis.MEAN_BEFORE);
        assertThat(cost(id).usd()).isCloseTo(lost(40, 0, 59 / 60.0), within(1e-9));
    }

    @Test
    void without_a_rate_to_compare_with_is_not_known() {
        fleet.polls(0, 30, 40.0, 1_600.0);
        long id = fleet.raise(fleet.rule, MINER, minute(0));

        fleet.ledger.update(minute(30));

        assertThat(fleet.cost(id)).isNull();
    }

    @Test
    void without_a_market_is_not_known_and_an_hour_without_one_does_not_count() {
        fleet.nominal();
        fleet.polls(0, 90, 60.0, 1_600.0);
        long id = fleet.raise(fleet.rule, MINER, minute(0));
        fleet.prices = hour -> Optional.empty();

        fleet.ledger.update(minute(30));
        assertThat(fleet.cost(id)).isNull();

        fleet.prices = hour -> hour.isBefore(minute(60)) ? Optional.empty() : Optional.of(new Economics(0.06, 0.05));
        fleet.ledger.update(minute(90));
        assertThat(cost(id).usd()).isCloseTo(lost(40, 0.4, 0.5), within(1e-12));
        assertThat(cost(id).since()).isEqualTo(minute(60));
    }

    @Test
    void without_a_price_of_power_is_not_known_where_power_was_not_used() {
        fleet.nominal();
        fleet.prices = hour -> Optional.of(new Economics(0.06, Double.NaN));
        fleet.polls(0, 30, 60.0, 1_500.0);
        long id = fleet.raise(fleet.rule, MINER, minute(0));

        fleet.ledger.update(minute(30));

        assertThat(fleet.cost(id)).isNull();
    }

    @Test
    void with_unknown_power_is_the_revenue_alone_and_says_that_it_is_not_complete() {
        fleet.nominal();
        fleet.polls(0, 60, 60.0, null);
        long id = fleet.raise(fleet.rule, MINER, minute(0));

        fleet.ledger.update(minute(60));

        assertThat(cost(id).usd()).isCloseTo(lost(40, 0, 1), within(1e-12));
        assertThat(cost(id).complete()).isFalse();
    }

    @Test
    void with_a_negative_price_grows_by_the_power_that_is_not_taken() {
        fleet.nominal();
        fleet.prices = hour -> Optional.of(new Economics(0.06, -0.158));
        fleet.polls(0, 0, 100.0, 2_000.0);
        fleet.polls(1, 70, null, null);
        long id = fleet.raise(fleet.rule, MINER, minute(10));

        fleet.ledger.update(minute(70));

        assertThat(fleet.usd(id)).isCloseTo(100 / 24.0 * 0.06 + 2 * 0.158, within(1e-12));
    }

    @Test
    void is_below_0_where_power_costs_more_than_work_earns() {
        fleet.nominal();
        fleet.prices = hour -> Optional.of(new Economics(0.06, 0.2));
        fleet.polls(0, 70, null, null);
        long id = fleet.raise(fleet.rule, MINER, minute(10));

        fleet.ledger.update(minute(70));

        assertThat(fleet.usd(id)).isCloseTo(100 / 24.0 * 0.06 - 2 * 0.2, within(1e-12));
    }

    @Test
    void does_not_count_time_in_which_no_poll_ran() {
        fleet.nominal();
        fleet.polls(0, 10, null, null);
        fleet.polls(30, 40, null, null);
        long id = fleet.raise(fleet.rule, MINER, minute(0));

        fleet.ledger.update(minute(40));

        assertThat(cost(id).counted()).isEqualTo(Duration.ofMinutes(20));
        assertThat(cost(id).usd()).isCloseTo(lost(100, 2, 20 / 60.0), within(1e-12));
    }

    @Test
    void of_an_alert_that_is_older_than_the_first_sample_begins_with_it() {
        fleet.nominal();
        long id = fleet.raise(fleet.rule, MINER, minute(-2_000));
        fleet.polls(0, 30, 60.0, 1_600.0);

        fleet.ledger.update(minute(30));

        assertThat(cost(id).since()).isEqualTo(minute(0));
        assertThat(cost(id).counted()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void goes_on_minute_by_minute_to_the_same_figure_as_at_once_and_over_a_restart() {
        fleet.nominal();
        long id = fleet.raise(fleet.rule, MINER, minute(7));
        fleet.polls(0, 6, 100.0, 2_000.0);
        for (int minute = 7; minute < 1_700; minute++) {
            fleet.poll(minute(minute), minute % 3 == 0 ? 20.0 : 90.0, 1_900.0);
            fleet.ledger.update(minute(minute));
            if (minute == 900 || minute == 1_650) {
                fleet.ledger = fleet.ledger();
            }
        }
        AlertCost step = cost(id);
        List<AlertCost.OfDay> days = fleet.store.alerts().costs(List.of(id));

        CostedFleet again = new CostedFleet();
        again.nominal();
        long other = again.raise(again.rule, MINER, minute(7));
        again.polls(0, 6, 100.0, 2_000.0);
        for (int minute = 7; minute < 1_700; minute++) {
            again.poll(minute(minute), minute % 3 == 0 ? 20.0 : 90.0, 1_900.0);
        }
        again.ledger.update(minute(1_699));

        assertThat(step.usd()).isCloseTo(again.usd(other), within(1e-9));
        assertThat(step.counted())
                .isEqualTo(Objects.requireNonNull(again.cost(other)).counted());
        assertThat(step.since()).isEqualTo(minute(7));
        assertThat(days)
                .extracting(AlertCost.OfDay::day)
                .containsExactly(Instant.parse("2026-10-20T00:00:00Z"), Instant.parse("2026-10-21T00:00:00Z"));
        assertThat(days.stream().mapToDouble(AlertCost.OfDay::usd).sum()).isCloseTo(step.usd(), within(1e-9));
    }

    @Test
    void ends_with_the_alert_and_stays() {
        fleet.nominal();
        fleet.polls(0, 60, 60.0, 1_600.0);
        long id = fleet.raise(fleet.rule, MINER, minute(0));
        fleet.ledger.update(minute(20));
        fleet.resolve(id, minute(30));
        fleet.ledger.update(minute(45));
        fleet.polls(61, 80, 60.0, 1_600.0);
        fleet.ledger.update(minute(80));

        assertThat(fleet.usd(id)).isCloseTo(lost(40, 0.4, 0.5), within(1e-12));
        fleet.ledger();
        fleet.ledger.update(minute(90));
        assertThat(fleet.usd(id)).isCloseTo(lost(40, 0.4, 0.5), within(1e-12));
    }

    @Test
    void of_an_alert_that_ended_while_nothing_ran_is_completed_after_the_start() {
        fleet.nominal();
        fleet.polls(0, 60, 60.0, 1_600.0);
        long id = fleet.raise(fleet.rule, MINER, minute(0));
        fleet.ledger.update(minute(20));
        fleet.resolve(id, minute(30));

        fleet.ledger().update(minute(60));

        assertThat(fleet.usd(id)).isCloseTo(lost(40, 0.4, 0.5), within(1e-12));
    }

    @Test
    void of_a_miner_that_has_gone_stays_as_it_was() {
        fleet.nominal();
        fleet.polls(0, 30, 60.0, 1_600.0);
        long id = fleet.raise(fleet.rule, MINER, minute(0));
        fleet.ledger.update(minute(30));
        AlertCost before = cost(id);
        boolean removed = fleet.store.miners().remove(MINER);
        fleet.ledger.update(minute(31));
        fleet.ledger().update(minute(200));

        assertThat(removed).isTrue();
        assertThat(fleet.cost(id)).isEqualTo(before);
    }

    @Test
    void of_many_miners_together_is_not_known() {
        fleet.nominal();
        fleet.polls(0, 30, 60.0, 1_600.0);
        long id = fleet.raise(fleet.rule, null, minute(0));

        fleet.ledger.update(minute(30));

        assertThat(fleet.cost(id)).isNull();
    }

    @Test
    void of_two_open_alerts_of_a_miner_is_on_the_bill_of_the_one_raised_first() {
        fleet.nominal();
        fleet.polls(0, 60, 60.0, 1_600.0);
        long first = fleet.raise(fleet.rule, MINER, minute(0));
        long second = fleet.raise(fleet.rule("cold"), MINER, minute(15));
        fleet.ledger.update(minute(20));
        fleet.resolve(first, minute(30));
        fleet.ledger.update(minute(31));
        fleet.ledger.update(minute(60));

        assertThat(fleet.usd(first)).isCloseTo(lost(40, 0.4, 0.5), within(1e-12));
        assertThat(fleet.billed(first)).isEqualTo(fleet.usd(first));
        assertThat(fleet.usd(second)).isCloseTo(lost(40, 0.4, 0.75), within(1e-12));
        assertThat(fleet.billed(second)).isCloseTo(lost(40, 0.4, 0.5), within(1e-12));
    }
}
