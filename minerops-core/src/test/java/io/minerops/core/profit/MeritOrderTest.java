package io.minerops.core.profit;

import static io.minerops.core.profit.SmallFleet.ABSENT;
import static io.minerops.core.profit.SmallFleet.address;
import static io.minerops.core.profit.SmallFleet.profitability;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.profit.MeritOrder.Entry;
import io.minerops.core.profit.SmallFleet.Row;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeritOrderTest {
    private static final Row OLD = Row.of(100, 3_400);
    private static final Row NEW = Row.of(200, 3_400);
    private static final Row MIDDLE = new Row(100, 2_500, 0.05, null);

    @Test
    void begins_with_the_most_efficient_miner() {
        assertThat(names(order(OLD, NEW, MIDDLE))).containsExactly(text(1), text(2), text(0));
    }

    @Test
    void has_the_strike_price_of_each_miner() {
        FleetProfitability fleet = profitability(NEW);
        double hashprice = Objects.requireNonNull(fleet.fleet().profitability().hashpriceUsdPerPhDay());

        Entry only = MeritOrder.of(fleet.miners()).entries().get(0);

        assertThat(only.strikeUsdPerMwh()).isCloseTo(StrikePrice.usdPerMwh(17, hashprice), within(1e-9));
        assertThat(only.headroomUsdPerMwh()).isCloseTo(only.strikeUsdPerMwh() - 80, within(1e-9));
    }

    @Test
    void has_the_power_and_hashrate_up_to_each_miner() {
        List<Entry> entries = order(OLD, NEW, MIDDLE).entries();

        assertThat(entries).extracting(Entry::cumulativePowerW).containsExactly(3_400.0, 5_900.0, 9_300.0);
        assertThat(entries).extracting(Entry::cumulativeHashrateThs).containsExactly(200.0, 300.0, 400.0);
    }

    @Test
    void names_the_last_miner_that_earns_at_a_power_price() {
        MeritOrder order = order(OLD, NEW, MIDDLE);
        double strikeOfMiddle = order.entries().get(1).strikeUsdPerMwh();

        assertThat(order.marginal(strikeOfMiddle))
                .hasValueSatisfying(last -> assertThat(last.name()).isEqualTo(text(2)));
        assertThat(order.marginal(strikeOfMiddle + 0.01))
                .hasValueSatisfying(last -> assertThat(last.name()).isEqualTo(text(1)));
        assertThat(order.powerWorthRunningW(strikeOfMiddle)).isEqualTo(5_900);
    }

    @Test
    void names_none_where_power_costs_too_much_for_all() {
        assertThat(order(OLD, NEW).marginal(10_000)).isEmpty();
        assertThat(order(OLD, NEW).powerWorthRunningW(10_000)).isZero();
    }

    @Test
    void runs_all_at_a_negative_power_price() {
        assertThat(order(OLD, Row.of(0, 50)).powerWorthRunningW(-20)).isEqualTo(3_450);
    }

    @Test
    void lists_a_miner_without_power_apart() {
        MeritOrder order = order(NEW, Row.of(100, ABSENT));

        assertThat(names(order)).containsExactly(text(0));
        assertThat(order.withoutPower()).containsExactly(address(1));
    }

    @Test
    void gives_a_miner_that_draws_power_and_hashes_nothing_a_strike_price_of_0() {
        assertThat(order(Row.of(0, 50)).entries())
                .extracting(Entry::strikeUsdPerMwh)
                .containsExactly(0.0);
    }

    @Test
    void sums_up_groups() {
        MeritOrder sites = MeritOrder.of(
                profitability(OLD, NEW, MIDDLE).miners(), miner -> miner.equals(address(1)) ? "north" : "south");

        assertThat(names(sites)).containsExactly("north", "south");
        Entry south = sites.entries().get(1);
        assertThat(south.minerCount()).isEqualTo(2);
        assertThat(south.powerW()).isEqualTo(5_900);
        assertThat(south.tariffUsdPerMwh()).isCloseTo((3_400 * 80 + 2_500 * 50) / 5_900.0, within(1e-9));
    }

    @Test
    void of_the_fleet_is_refused() {
        FleetProfitability fleet = profitability(NEW);

        assertThatThrownBy(() -> MeritOrder.of(List.of(fleet.fleet())))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("not of the fleet");
    }

    @Test
    void has_the_published_strike_price_at_a_published_hashprice() {
        MeritOrder order = order(OLD, NEW, Row.of(0, 50)).atHashprice(39.53);

        assertThat(names(order)).containsExactly(text(1), text(0), text(2));
        assertThat(order.entries().get(0).strikeUsdPerMwh()).isCloseTo(96.9, within(0.05));
        assertThat(order.entries().get(2).strikeUsdPerMwh()).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void needs_a_hashprice_of_0_or_more(double hashprice) {
        MeritOrder order = order(OLD);

        assertThatThrownBy(() -> order.atHashprice(hashprice))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("hashprice_usd_per_ph_day");
    }

    @Test
    void has_the_miner_with_the_least_headroom_as_the_marginal_one() {
        Row costly = new Row(200, 3_400, 0.09, null);

        assertThat(order(NEW, costly, MIDDLE).atHashprice(40).marginal())
                .hasValueSatisfying(entry -> assertThat(entry.name()).isEqualTo(text(1)));
        assertThat(order(NEW, costly).atHashprice(20).marginal()).isEmpty();
    }

    @Test
    void counts_a_miner_of_two_groups_once_in_the_power_up_to_them() {
        MeritOrder tags = MeritOrder.ofGroups(
                profitability(OLD, NEW, MIDDLE).miners(),
                miner -> miner.equals(address(1)) ? List.of("hydro", "hall-b") : List.of("hall-b"));

        assertThat(names(tags)).containsExactly("hydro", "hall-b");
        assertThat(tags.entries()).extracting(Entry::minerCount).containsExactly(1, 3);
        assertThat(tags.entries()).extracting(Entry::cumulativePowerW).containsExactly(3_400.0, 9_300.0);
    }

    @Provide
    Arbitrary<List<Row>> rows() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 500).ofScale(1),
                        Arbitraries.doubles().between(0, 6_000).ofScale(0))
                .as(Row::of)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Property
    void in_one_group_has_the_sums_of_its_miners(@ForAll("rows") List<Row> rows) {
        FleetProfitability fleet = profitability(rows.toArray(Row[]::new));
        MeritOrder each = MeritOrder.of(fleet.miners());
        List<Entry> all = MeritOrder.of(fleet.miners(), miner -> "all").entries();

        double power = each.entries().stream().mapToDouble(Entry::powerW).sum();
        assertThat(all.stream().mapToDouble(Entry::powerW).sum()).isCloseTo(power, within(1e-6));
        assertThat(all.stream().mapToInt(Entry::minerCount).sum())
                .isEqualTo(each.entries().size());
        assertThat(each.entries().size() + each.withoutPower().size()).isEqualTo(rows.size());
    }

    @Property
    void never_rises(@ForAll("rows") List<Row> rows) {
        List<Double> strikes = order(rows.toArray(Row[]::new)).entries().stream()
                .map(Entry::strikeUsdPerMwh)
                .toList();

        assertThat(strikes).isSortedAccordingTo((one, other) -> Double.compare(other, one));
    }

    private static MeritOrder order(Row... rows) {
        return MeritOrder.of(profitability(rows).miners());
    }

    private static List<String> names(MeritOrder order) {
        return order.entries().stream().map(Entry::name).toList();
    }

    private static String text(int number) {
        MinerAddress miner = address(number);
        return miner.toString();
    }
}
