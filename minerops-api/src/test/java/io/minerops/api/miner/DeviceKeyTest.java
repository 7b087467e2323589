package io.minerops.api.miner;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"02:0a:0b:0c:0d:0e", "02-0A-0B-0C-0D-0E", "020a0b0c0d0e", "020A.0B0C.0D0E", " 02:0a:0b:0c:0d:0e "
            })
    void a_mac_is_the_same_however_it_is_written(String written) {
        assertThat(DeviceKey.ofMac(written)).isEqualTo(DeviceKey.ofMac("02:0a:0b:0c:0d:0e"));
        assertThat(DeviceKey.ofMac(written)).isPresent();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "  ",
                "00:00:00:00:00:00",
                "ff:ff:ff:ff:ff:ff",
                "01:00:5e:00:00:01",
                "02:0a:0b:0c:0d",
                "02:0a:0b:0c:0d:0e:0f",
                "unknown",
                "02:0a:0b:0c:0d:0g"
            })
    void what_is_no_mac_of_one_device_is_no_key(@Nullable String text) {
        assertThat(DeviceKey.ofMac(text)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "0000000000",
                "------",
                "N/A",
                "unknown",
                "Unknown ",
                "Not Available",
                "To be filled by O",
                "1234",
                "123456789",
                "XXXXXXXX"
            })
    void a_serial_that_many_devices_may_say_is_no_key(@Nullable String text) {
        assertThat(DeviceKey.ofSerial("Bitmain", text)).isEmpty();
    }

    @Test
    void a_serial_is_one_among_the_devices_of_its_maker_only() {
        assertThat(DeviceKey.ofSerial("Bitmain", "SN-0815-77"))
                .isPresent()
                .isEqualTo(DeviceKey.ofSerial("BITMAIN", "sn081577"))
                .isNotEqualTo(DeviceKey.ofSerial("MicroBT", "SN-0815-77"));
    }

    @Test
    void the_mac_comes_before_the_serial() {
        MinerIdentity identity = new MinerIdentity("Bitmain", null, null, "02:0a:0b:0c:0d:0e", null, "SN-0815-77");

        assertThat(DeviceKey.of(identity))
                .extracting(DeviceKey::kind)
                .containsExactly(DeviceKey.Kind.MAC, DeviceKey.Kind.SERIAL);
        assertThat(DeviceKey.of(MinerIdentity.UNKNOWN)).isEmpty();
    }
}
