package io.minerops.core.device.internal.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {
    @ParameterizedTest
    @CsvSource({"02:00:5E:00:53:0A", "02-00-5e-00-53-0a", "02005e00530a", "0200.5e00.530A", "' 02:00:5E:00:53:0a '"})
    void has_one_form_however_it_is_written(String text) {
        assertThat(MacAddress.parse(text)).isEqualTo("02:00:5e:00:53:0a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "N/A",
                "00:00:00:00:00:00",
                "FF:FF:FF:FF:FF:FF",
                "02:00:5e:00:53",
                "02:00:5e:00:53:0a:01",
                "02:00:5e:00:53:0g",
                "8060350c2b10481c"
            })
    void is_absent_where_the_text_is_none(String text) {
        assertThat(MacAddress.parse(text)).isNull();
    }

    @Test
    void is_absent_where_there_is_no_text() {
        assertThat(MacAddress.parse(null)).isNull();
    }
}
