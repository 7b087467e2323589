package io.minerops.core.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.ProfitabilitySnapshot;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class HashrateInputTest {
    /** 100 TH/s for an hour, in shares of the difficulty 65,536. */
    private static final double DIFFICULTY = 100e12 * 3_600 / 0x1p32;

    private static FleetSnapshot fleet(double claimed, Consumer<FleetSnapshot.Builder> more) {
        FleetSnapshot.Builder builder = FleetSnapshot.builder(SmallFleet.AT, 1)
                .row(Miner.builder(SmallFleet.address(0), SmallFleet.AT).build())
                .sampledAt(SmallFleet.AT.toEpochMilli())
                .set(Reading.HASHRATE_THS, claimed)
                .set(Reading.POWER_W, 3_000);
        more.accept(builder);
        return builder.build();
    }

    private static FleetSnapshot counted(double claimed) {
        return fleet(
                claimed,
                row -> row.set(Reading.HASHRATE_AVG_THS, 108)
                        .set(Reading.ELAPSED_S, 3_600)
                        .set(Reading.ACCEPTED, DIFFICULTY / 65_536)
                        .set(Reading.ACCEPTED_DIFFICULTY, DIFFICULTY));
    }

    private static double ths(FleetSnapshot fleet, HashrateInput input) {
        FleetProfitability figures = FleetProfitability.of(
                fleet,
                SmallFleet.SETTINGS.withHashrate(input),
                88_000,
                152e12,
                SmallFleet.REWARD,
                SmallFleet.AT,
                row -> true);
        ProfitabilitySnapshot all = figures.fleet();
        assertThat(figures.miners().get(0).profitability().hashrateThs())
                .isEqualTo(all.profitability().hashrateThs());
        return all.profitability().hashrateThs();
    }

    @Test
    void chooses_what_counts_as_production() {
        assertThat(ths(counted(110), HashrateInput.CLAIMED)).isEqualTo(110);
        assertThat(ths(counted(110), HashrateInput.AVERAGE)).isEqualTo(108);
        assertThat(ths(counted(110), HashrateInput.PROVEN)).isCloseTo(100, within(1e-9));
    }

    @Test
    void is_the_claim_where_the_device_does_not_report_the_chosen_figure() {
        FleetSnapshot bare = fleet(110, row -> {});

        assertThat(ths(bare, HashrateInput.AVERAGE)).isEqualTo(110);
        assertThat(ths(bare, HashrateInput.PROVEN)).isEqualTo(110);
    }

    @Test
    void is_the_claim_where_too_few_shares_prove_too_little() {
        FleetSnapshot young = fleet(
                110,
                row -> row.set(Reading.ELAPSED_S, 60).set(Reading.ACCEPTED, 399).set(Reading.ACCEPTED_DIFFICULTY, 1e6));

        assertThat(ths(young, HashrateInput.PROVEN)).isEqualTo(110);
    }

    @Test
    void is_0_for_a_miner_that_hashes_nothing_now() {
        assertThat(ths(counted(0), HashrateInput.AVERAGE)).isZero();
        assertThat(ths(counted(0), HashrateInput.PROVEN)).isZero();
    }
}
