package io.minerops.core.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WaterfallTest {
    private static Waterfall waterfall(List<Double> amounts) {
        List<Waterfall.Line> lines = new ArrayList<>();
        Iterator<Waterfall.Step> steps = List.of(Waterfall.Step.values()).iterator();
        for (double amount : amounts) {
            lines.add(new Waterfall.Line(steps.next(), amount / 90_000, amount));
        }
        return new Waterfall(lines);
    }

    @Property(tries = 500)
    void the_rounded_lines_add_up_to_the_rounded_sum_and_are_at_most_one_cent_off(
            @ForAll @Size(11) List<@DoubleRange(min = -1e6, max = 1e6) Double> amounts) {
        Waterfall waterfall = waterfall(amounts);
        List<Waterfall.Rounded> rounded = waterfall.rounded();
        BigDecimal usd = BigDecimal.ZERO;
        BigDecimal btc = BigDecimal.ZERO;
        for (int line = 0; line < amounts.size(); line++) {
            BigDecimal cents = Objects.requireNonNull(rounded.get(line).usd());
            assertThat(cents.subtract(new BigDecimal(amounts.get(line))).abs())
                    .isLessThanOrEqualTo(new BigDecimal("0.01"));
            usd = usd.add(cents);
            btc = btc.add(rounded.get(line).btc());
        }
        BigDecimal exact = amounts.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(usd).isEqualTo(exact.setScale(2, RoundingMode.HALF_EVEN));
        assertThat(btc.doubleValue()).isEqualTo(waterfall.earnedBtc(), within(5e-9));
    }

    @Test
    void half_a_cent_is_rounded_to_the_even_one() {
        assertThat(waterfall(List.of(0.125)).rounded().get(0).usd()).isEqualTo("0.12");
        assertThat(waterfall(List.of(0.375)).rounded().get(0).usd()).isEqualTo("0.38");
    }

    @Test
    void without_a_price_there_is_no_money() {
        Waterfall unpriced = new Waterfall(List.of(new Waterfall.Line(Waterfall.Step.NAMEPLATE, 0.5, Double.NaN)));

        assertThat(unpriced.earnedBtc()).isEqualTo(0.5);
        assertThat(unpriced.earnedUsd()).isNaN();
        assertThat(unpriced.rounded().get(0).usd()).isNull();
    }
}
