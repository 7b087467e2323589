package io.minerops.core.cgminer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tells one device from every other. */
class DeviceIdsTest {
    @ParameterizedTest
    @CsvSource({
        "0200AABBCC0D, 02:00:aa:bb:cc:0d",
        "02:AA:bb:cc:dd:0e, 02:aa:bb:cc:dd:0e",
        "02-aa-bb-cc-dd-0e, 02:aa:bb:cc:dd:0e",
        "00:00:00:00:00:00,",
        "ff:ff:ff:ff:ff:ff,",
        "02:aa:bb:cc:dd,",
        "02:aa:bb:cc:dd:4g,",
        ",",
    })
    void a_hardware_address_is_written_in_one_way(String told, String mac) {
        assertThat(DeviceIds.mac(told)).isEqualTo(mac);
    }

    @ParameterizedTest
    @CsvSource({
        "0201000012345678, 0201000012345678",
        "' HB-7/A ', HB-7/A",
        "0000000000000000,",
        "N/A,",
        "<removed>,",
        "x,",
        ",",
    })
    void a_serial_number_that_is_none_is_absent(String told, String serial) {
        assertThat(DeviceIds.serial(told)).isEqualTo(serial);
    }
}
