package io.minerops.core.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoissonBoundsTest {
    /** Exact bounds of the mean of a Poisson count, as Garwood's table of 1936 gives them at 95 % on both sides. */
    @ParameterizedTest
    @CsvSource({"5, 1.62, 11.67", "10, 4.80, 18.39", "100, 81.36, 121.63"})
    void the_bounds_are_those_of_garwoods_table(double count, double lower, double upper) {
        assertThat(PoissonBounds.lower(count, 0.975)).isCloseTo(lower, within(0.005));
        assertThat(PoissonBounds.upper(count, 0.975)).isCloseTo(upper, within(0.005));
    }

    /** By {@code scipy.stats.gamma.ppf(1 - c, n)} and {@code ppf(c, n + 1)} of SciPy 1.17.1. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.95, 0.05129329438755058, 4.743864518390577",
        "2.5, 0.9, 0.8051539934811612, 6.008518311890266",
        "3, 0.95, 0.8176914471639536, 7.753656527932725",
        "10, 0.95, 5.425405697091293, 16.962219235721903",
        "1000, 0.99, 927.9081597966425, 1076.069607438308",
        "1440, 0.5, 1439.6666803875657, 1440.6666803780415",
        "7673, 0.99, 7470.693803228786, 7879.26070295192",
        "15346, 0.99, 15059.285865103791, 15636.66476966555",
        "1000000, 0.999, 996912.6173198152, 1003094.0839149702",
        "37000000, 0.99, 36985850.848967694, 37014153.09248648"
    })
    void the_bounds_are_those_of_an_independent_library(double count, double confidence, double lower, double upper) {
        assertThat(PoissonBounds.lower(count, confidence)).isCloseTo(lower, within(1e-9 * lower));
        assertThat(PoissonBounds.upper(count, confidence)).isCloseTo(upper, within(1e-9 * upper));
    }

    @Test
    void of_no_event_the_lower_bound_is_zero_and_the_upper_one_the_logarithm_of_the_doubt() {
        assertThat(PoissonBounds.lower(0, 0.95)).isZero();
        assertThat(PoissonBounds.upper(0, 0.95)).isCloseTo(-Math.log(0.05), within(1e-12));
    }

    @Test
    void the_lower_bound_is_above_the_true_mean_as_rarely_as_the_confidence_says() {
        Random random = new Random(4);
        int draws = 20_000;
        int missed = 0;
        for (int draw = 0; draw < draws; draw++) {
            missed += PoissonBounds.lower(poisson(random, 20), 0.9) > 20 ? 1 : 0;
        }

        // at most one in ten, and not far fewer, as counts are whole
        assertThat(missed / (double) draws).isBetween(0.07, 0.105);
    }

    private static int poisson(Random random, double mean) {
        int count = 0;
        for (double left = mean + Math.log(1 - random.nextDouble()); left > 0; count++) {
            left += Math.log(1 - random.nextDouble());
        }
        return count;
    }
}
