package io.minerops.core.internal.cost;

import static io.minerops.core.internal.cost.CostedFleet.MINER;
import static io.minerops.core.internal.cost.CostedFleet.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.Miner;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.service.AlertBill;
import io.minerops.core.service.AlertService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds of the bill whatever alerts a miner has at the same time. */
class BillPropertiesTest {
    private static final int MINUTES = 150;
    private static final Instant OCTOBER = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T00:00:00Z");

    @Property(tries = 60)
    void is_the_sum_of_its_lines_and_at_most_all_that_the_miner_lost(@ForAll Random random) {
        CostedFleet fleet = new CostedFleet();
        double price = random.nextBoolean() ? 0.05 : 0;
        fleet.prices = hour -> Optional.of(new Economics(0.06 + hour.getEpochSecond() % 7 / 100.0, price));
        fleet.nominal();
        Miner miner = fleet.store.miners().find(MINER).orElseThrow();
        Miner unused = fleet.store
                .miners()
                .put(miner.toBuilder().tags(List.of("a", "b", "c")).model("S21").build());
        List<Long> open = new ArrayList<>();
        List<Long> all = new ArrayList<>();
        double whole = 0;
        Double before = null;
        for (int at = 0; at <= MINUTES; at++) {
            Double rate = random.nextInt(6) == 0 ? null : Double.valueOf(random.nextInt(130));
            fleet.poll(minute(at), rate, 1_500.0);
            double mean = rate == null || before == null ? 0 : (rate + before) / 2;
            double perTh = at == 0 ? 0 : revenue(fleet, minute(at - 1));
            whole += Math.max(0, 100 - mean) / 1_440 * perTh;
            before = rate;
            if (random.nextInt(15) == 0) {
                long id = fleet.raise(fleet.rule("rule " + at), MINER, minute(at));
                open.add(id);
                all.add(id);
            } else if (!open.isEmpty() && random.nextInt(15) == 0) {
                fleet.resolve(open.remove(random.nextInt(open.size())), minute(at));
            }
            if (random.nextInt(3) == 0) {
                fleet.ledger.update(minute(at));
            }
            if (random.nextInt(40) == 0) {
                fleet.ledger = fleet.ledger();
            }
        }
        fleet.ledger.update(minute(MINUTES));

        AlertService alerts = new AlertService(
                fleet.store.alerts(), fleet.store.miners(), alert -> false, () -> {}, () -> CostedFleet.START);
        double usd = alerts.bill(OCTOBER, NOVEMBER, AlertBill.By.RULE, null).usd();
        double billed = all.stream().mapToDouble(fleet::billed).sum();
        assertThat(usd).isCloseTo(billed, within(1e-9)).isLessThanOrEqualTo(whole + 1e-9);
        for (AlertBill.By by : AlertBill.By.values()) {
            AlertBill bill = alerts.bill(OCTOBER, NOVEMBER, by, null);
            assertThat(bill.usd()).isCloseTo(usd, within(1e-9));
            assertThat(bill.lines().stream().mapToDouble(AlertBill.Line::usd).sum())
                    .isEqualTo(bill.usd());
        }
        assertThat(alerts.bill(OCTOBER, NOVEMBER, AlertBill.By.RULE, BillPropertiesTest::isOfNina)
                        .lines())
                .isEmpty();
    }

    private static boolean isOfNina(Miner miner) {
        return "Nina".equals(miner.owner());
    }

    private static double revenue(CostedFleet fleet, Instant at) {
        long hour = at.getEpochSecond() / 3_600 * 3_600;
        return fleet.prices.apply(Instant.ofEpochSecond(hour)).orElseThrow().revenueUsdPerThDay();
    }
}
