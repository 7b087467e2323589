package io.minerops.core.cgminer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsminerModelTest {
    @ParameterizedTest
    @CsvSource({
        "M60S_VK40, M60S VK40, 3, 18.5, false",
        "M20SV10, M20S V10, 3, 48, false",
        "M30S++VH30, M30S++ VH30, 3, 31, false",
        "M50VH50, M50 VH50, 3, 29, false",
        "Whatsminer M53S++_VJ20, M53S++ VJ20, NaN, 22, true",
        "M31S+, M31S+, 3, 42, false",
        "M3, M3, NaN, NaN, false",
        "M66S, M66S, NaN, 18.5, true",
    })
    void a_model_is_known_by_the_devices_own_words(
            String words, String name, double boards, double joulesPerTh, boolean liquid) {
        WhatsminerModel model = Objects.requireNonNull(WhatsminerModel.parse(words));

        assertThat(model.name()).isEqualTo(name);
        assertThat(model.boards()).isEqualTo(Double.valueOf(boards));
        assertThat(model.joulesPerTh()).isEqualTo(Double.valueOf(joulesPerTh));
        assertThat(model.liquidCooled()).isEqualTo(liquid);
    }

    @ParameterizedTest
    @CsvSource({"''", "S19", "bitmicro", "MX"})
    void no_model_is_known_where_the_words_name_none(String words) {
        assertThat(WhatsminerModel.parse(words)).isNull();
    }
}
