package io.minerops.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures of the public test of mempool.space ({@code backend/src/__tests__/api/difficulty-adjustment.test.ts}). */
class RetargetEstimateTest {
    @ParameterizedTest
    @CsvSource(nullValues = "-", useHeadersInDisplayName = true, textBlock = """
            started,              window,               now,                  height, previous,           last,                 change,             millis, expected, blocks,             at
            2024-02-02T15:42:06Z, 2024-02-08T14:43:05Z, 2024-02-11T22:43:01Z, 830027, 7.333505241141637,  2024-02-11T22:43:01Z, 8.512745140778843,  553311, 553311,   1338.0916666666667, 1708004001715
            2022-08-18T11:07:00Z, 2022-08-16T03:16:54Z, 2022-08-19T14:03:53Z, 750134, 0.6280047707459726, 2022-08-19T14:03:53Z, 1.0420538959004633, 533038, 594992,   161.68833333333333, 1662009048328
            2022-08-18T11:07:00Z, 2022-08-16T03:16:54Z, 2022-08-19T14:03:53Z, 750134, 0.6280047707459726, 2022-08-19T13:52:46Z, 1.0420538959004633, 533038, 594992,   161.68833333333333, 1662009048328
            2023-04-20T09:57:33Z, 2022-08-16T03:16:54Z, 2023-05-04T14:54:09Z, 788255, 1.7220298879531821, 2023-05-04T14:54:26Z, -1.4512637555574193, 609129, 609129,  2045.66,            1683212658129
            """)
    void is_that_of_mempool_space(
            Instant started,
            Instant window,
            Instant now,
            long height,
            double previous,
            Instant last,
            double change,
            long millis,
            long expected,
            double blocks,
            long at) {
        RetargetEstimate estimate =
                RetargetEstimate.of(new RetargetEstimate.Chain(height, started, last, window, previous), now);

        assertThat(estimate.changePct()).isEqualTo(change);
        assertThat(estimate.meanSpacing()).isEqualTo(Duration.ofMillis(millis));
        assertThat(estimate.expectedSpacing()).isEqualTo(Duration.ofMillis(expected));
        assertThat(estimate.expectedBlocks()).isEqualTo(blocks);
        assertThat(estimate.at()).isEqualTo(Instant.ofEpochMilli(at));
        assertThat(estimate.nextHeight()).isEqualTo((height / 2016 + 1) * 2016);
        assertThat(estimate.remainingBlocks()).isEqualTo((int) (2016 - height % 2016));
    }

    @Test
    void needs_no_window_of_blocks() {
        Instant started = Instant.parse("2022-08-18T11:07:00Z");
        Instant now = Instant.parse("2022-08-19T14:03:53Z");

        RetargetEstimate estimate =
                RetargetEstimate.of(new RetargetEstimate.Chain(750_134, started, now, null, 0), now);

        // 182 intervals and the next block in 97,013 s
        assertThat(estimate.changePct()).isEqualTo((600 / (97_013 / 183.0) - 1) * 100);
        assertThat(estimate.remainingBlocks() * estimate.expectedSpacing().toMillis())
                .isEqualTo(977_591_692L);
    }

    @Test
    void stays_within_a_fourth_and_four_times() {
        Instant started = Instant.parse("2022-08-18T11:07:00Z");

        assertThat(change(started, started.plusSeconds(1))).isEqualTo(300);
        assertThat(change(started, started.plus(Duration.ofDays(300)))).isEqualTo(-75);
    }

    @Test
    void of_a_negative_height_is_refused() {
        assertThatThrownBy(() -> new RetargetEstimate.Chain(-1, Instant.EPOCH, Instant.EPOCH, null, 0))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("height");
    }

    private static double change(Instant started, Instant now) {
        return RetargetEstimate.of(new RetargetEstimate.Chain(750_134, started, now, null, 0), now)
                .changePct();
    }
}
