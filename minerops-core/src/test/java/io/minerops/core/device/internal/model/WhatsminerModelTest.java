package io.minerops.core.device.internal.model;

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
        "Whatsminer M53S++_VJ20, M53S++ VJ20, 4, 22, true",
        "M31S+, M31S+, 3, 42, false",
        "M3, M3, NaN, 174, false",
        "M66S, M66S, NaN, 18.5, true",
        "M66S_VK30, M66S VK30, 3, 18.5, true",
        "M66S_VK40, M66S VK40, 4, 18.5, true",
        "M66_VK20, M66 VK20, 4, 19.9, true",
        "M50_VE30, M50 VE30, 4, 29, false",
        "M50_VH84, M50 VH84, 3, 29, false",
        "M30S++_V10, M30S++ V10, 4, 31, false",
        "M30S++_V20, M30S++ V20, 4, 31, false",
        "M30S++_VK30, M30S++ VK30, 2, 31, false",
        "M30S+_V20, M30S+ V20, 3, 34, false",
        "M31H_V40, M31H V40, 4, 46, false",
        "M31H_V10, M31H V10, 3, 46, false",
        "M31L_V10, M31L V10, 4, 46, false",
        "M30K_V10, M30K V10, 4, 38, false",
        "M30L, M30L, 4, 38, false",
        "M52S_VK30, M52S VK30, 4, 26, false",
        "M60S+_VK40, M60S+ VK40, 4, 17, false",
        "M60S+_VK50, M60S+ VK50, 4, 17, false",
        "M60S+_VK30, M60S+ VK30, 3, 17, false",
        "M33S++_VH20, M33S++ VH20, 4, 31, true",
        "M33_V20, M33 V20, 3, 38, true",
        "M36S+_VG30, M36S+ VG30, 4, 34, true",
        "M39_V10, M39 V10, 3, 46, true",
        "M63S+_VK30, M63S+ VK30, 4, 17, true",
        "M69S++_VM30, M69S++ VM30, 8, 15.5, true",
        "M62S+_VK30, M62S+ VK30, 3, 17, true",
        "M70S+_VM30, M70S+ VM30, 3, 12.5, false",
        "M73S_VM30, M73S VM30, 4, 13.5, true",
        "M32_V10, M32 V10, 3, 50, false",
        "M99, M99, NaN, NaN, true",
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
