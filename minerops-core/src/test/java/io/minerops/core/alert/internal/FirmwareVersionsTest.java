package io.minerops.core.alert.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirmwareVersionsTest {
    @ParameterizedTest
    @CsvSource({
        "Braiins OS 25.07,           Braiins OS+ 22.08",
        "20230803.11.REL,            20210322.22.REL",
        "20251209.16.Rel2,           20251209.16.Rel1",
        "VNish 1.2.0,                VNish 1.2.0-rc1",
        "1.10.0,                     1.9.9",
        "1.2.1,                      1.2",
        "25011701_3f53b19,           24071801_42c628d",
        "99999999999999999999999.1,  1.0",
        "Braiins OS 25.07,           VNish 1.2.7",
        "20230803.11.REL,            LUXminer 2025.4.8.220305"
    })
    void an_older_version_or_another_firmware_is_a_downgrade(String from, String to) {
        assertThat(FirmwareVersions.isDowngrade(from, to)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "Braiins OS+ 22.08,     Braiins OS 25.07",
        "20210322.22.REL,       20230803.11.rel",
        "VNish 1.2.0-rc1,       VNish 1.2.0",
        "1.9.9,                 1.10.0",
        "1.2,                   1.2.1",
        "1.02,                  1.2",
        "24071801_42c628d,      25011701_3f53b19",
        "25011701_42c628d,      25011701_3f53b19",
        "LUXminer 2025.4.8,     LUXminer 2025.4.8"
    })
    void a_newer_or_equal_version_is_none(String from, String to) {
        assertThat(FirmwareVersions.isDowngrade(from, to)).isFalse();
    }
}
