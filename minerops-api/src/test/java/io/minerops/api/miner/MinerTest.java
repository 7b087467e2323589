package io.minerops.api.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How what a device says is merged into what is known. */
class MinerTest {
    private static final Miner TYPED = Miner.builder(MinerAddress.of("10.0.0.1"), Instant.EPOCH)
            .hostname("rack7-3")
            .hostnameGiven(true)
            .location("hall b")
            .site("Odessa")
            .owner("Nina GmbH")
            .tags(List.of("hydro"))
            .nominalThs(200.0)
            .nominalEfficiencyJPerTh(17.5)
            .powerCapW(3_600.0)
            .powerPriceUsdPerKwh(0.05)
            .notes("mine")
            .build();

    private static MinerIdentity saying(@Nullable String mac, @Nullable String hostname, @Nullable String serial) {
        return new MinerIdentity("Bitmain", "Antminer S21", "2024.1", mac, hostname, serial);
    }

    @Test
    void what_a_person_said_stays_and_what_the_device_says_is_added() {
        Miner merged = TYPED.with(saying("02:00:00:00:00:01", "antminer", "SN-0815-77"));

        assertThat(merged)
                .isEqualTo(TYPED.toBuilder()
                        .vendor("Bitmain")
                        .model("Antminer S21")
                        .firmwareVersion("2024.1")
                        .mac("02:00:00:00:00:01")
                        .serial("SN-0815-77")
                        .build());
    }

    @Test
    void a_name_that_no_user_gave_follows_the_device() {
        Miner named =
                Miner.builder(TYPED.address(), Instant.EPOCH).hostname("old").build();

        assertThat(named.with(saying(null, "new", null)).hostname()).isEqualTo("new");
        assertThat(named.with(saying(null, null, null)).hostname()).isEqualTo("old");
    }

    @Test
    void what_a_device_does_not_report_stays() {
        Miner known = TYPED.with(saying("02:00:00:00:00:01", null, "SN-0815-77"));

        assertThat(known.with(MinerIdentity.UNKNOWN)).isEqualTo(known);
    }

    @Test
    void of_an_earlier_device_only_user_input_stays() {
        Miner known = TYPED.with(saying("02:00:00:00:00:01", null, "SN-0815-77"));

        Miner replaced = known.with(new MinerIdentity(null, "Antminer S19", null, "02:00:00:00:00:02", null, null));

        assertThat(replaced)
                .isEqualTo(TYPED.toBuilder()
                        .model("Antminer S19")
                        .mac("02:00:00:00:00:02")
                        .build());
    }

    @Test
    void the_same_mac_in_another_form_is_no_other_device() {
        Miner typedMac =
                TYPED.toBuilder().mac("02-00-00-00-00-0A").serial("SN-0815-77").build();

        assertThat(typedMac.with(saying("02:00:00:00:00:0a", null, null)).serial())
                .isEqualTo("SN-0815-77");
    }

    @Test
    void only_a_miner_of_which_nothing_was_said_is_bare() {
        assertThat(Miner.builder(TYPED.address(), Instant.EPOCH).build().isBare())
                .isTrue();
        assertThat(TYPED.isBare()).isFalse();
        assertThat(Miner.builder(TYPED.address(), Instant.EPOCH)
                        .model("S21")
                        .build()
                        .isBare())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.999, -0.158, 0, 1_000})
    void can_be_paid_for_taking_power(double price) {
        assertThat(TYPED.toBuilder().powerPriceUsdPerKwh(price).build().powerPriceUsdPerKwh())
                .isEqualTo(price);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 1_000.01, Double.NaN, Double.NEGATIVE_INFINITY})
    void has_no_price_that_no_tariff_has(double price) {
        assertThatThrownBy(() -> TYPED.toBuilder().powerPriceUsdPerKwh(price).build())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("power_price_usd_per_kwh must be above -1 and at most 1000, not " + price);
    }

    @Test
    void has_a_site_and_an_owner_of_at_most_256_characters() {
        String longest = "x".repeat(256);

        assertThat(TYPED.toBuilder().site(longest).owner(longest).build())
                .extracting(Miner::site, Miner::owner)
                .containsExactly(longest, longest);
        assertThatThrownBy(() -> TYPED.toBuilder().site(longest + "x").build())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("site must have at most 256 characters");
        assertThatThrownBy(() -> TYPED.toBuilder().owner(longest + "x").build())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("owner must have at most 256 characters");
    }

    @Test
    void without_a_name_no_user_gave_one() {
        assertThat(TYPED.toBuilder().hostname(null).build().hostnameGiven()).isFalse();
    }
}
