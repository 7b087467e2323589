package io.minerops.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.ProvenWork;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What real devices reported of their shares: SHA-256 devices with at least 100 shares whose reply has the average since the start.
 *
 * <p>Three more captures with shares and difficulty are not in the table: a stock S19 and an Auradine prove far more than they
 * claim (by 132 and 141 standard deviations, so the two counters are not of one run), and the figures of an S19 with MSKMiner
 * are round.
 */
class CapturedProvenWorkTest {
    private static final double AGREES = 2.4;

    /**
     * @param elapsedS running time, s
     * @param accepted accepted shares
     * @param difficulty the sum of their difficulties, of the summary or of all pools
     * @param averageThs the mean hashrate since the start as the device claims it, TH/s
     * @param deviations by how many standard deviations the proven hashrate is below the claim
     */
    private record Captured(
            String device, double elapsedS, double accepted, double difficulty, double averageThs, double deviations) {
        ProvenWork work() {
            return ProvenWork.sinceStart(elapsedS, difficulty, accepted, averageThs);
        }
    }

    private static final List<Captured> CAPTURED = List.of(
            new Captured("Antminer S17 Pro", 253_447, 86_500, 3_216_294_139.0, 54.51207, 0.01),
            new Captured("Antminer S19 Pro", 321_734, 100_129, 6_993_665_950.0, 93.55698, 0.66),
            new Captured("Antminer S19 XP, VNish 1.2.0", 331_780, 226_146, 11_019_960_320.0, 142.56273, -0.31),
            new Captured("Avalon A15", 924, 148, 38_797_312, 192.79625, 0.76),
            new Captured("Avalon Q", 37_714, 890, 368_550_176, 44.53960, 1.77),
            new Captured("SealMiner A2", 2_481, 1_421, 118_444_032, 206.86047, 0.33),
            new Captured("Whatsminer M20S", 97_139, 33_825, 1_473_980_432, 65.49209, 0.90),
            new Captured("Whatsminer M20S, other firmware", 10_154, 2_338, 158_334_976, 67.75325, 0.56),
            new Captured("Whatsminer M3", 43_685, 218, 123_000_000, 11.76362, -0.41),
            new Captured("Whatsminer M30S", 29_600, 1_739, 619_526_749.6, 85.10640, -2.28),
            new Captured("Antminer S19k Pro, LuxOS", 3_453, 1_483, 42_323_968, 56.91791, 3.01),
            new Captured("Antminer S21 Pro, VNish 1.2.7", 4_423, 1_823, 163_772_416, 174.37475, 3.93),
            new Captured("Antminer S9", 293_628, 22_673, 859_832_320, 13.89036, 14.95));

    @Test
    void deviates_from_each_claim_as_calculated_by_hand() {
        assertThat(CAPTURED)
                .allSatisfy(one -> assertThat(one.work().deviationsBelowClaim())
                        .as(one.device())
                        .isCloseTo(one.deviations(), within(0.06)));
    }

    @Test
    void of_ten_of_thirteen_devices_agrees_within_2_4_standard_deviations() {
        assertThat(CAPTURED)
                .filteredOn(one -> Math.abs(one.work().deviationsBelowClaim()) <= AGREES)
                .hasSize(10);
        assertThat(CAPTURED).hasSize(13);
    }

    @Test
    void is_nothing_for_stock_firmware_that_counts_shares_and_not_their_difficulty() {
        assertThat(ProvenWork.sinceStart(48_768, 0, 5_128, 100)).isEqualTo(ProvenWork.NONE);
        assertThat(ProvenWork.sinceStart(48_768, Double.NaN, 5_128, 100)).isEqualTo(ProvenWork.NONE);
    }
}
