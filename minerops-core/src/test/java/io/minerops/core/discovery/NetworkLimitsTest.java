package io.minerops.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkLimitsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.255.255.254",
                "172.16.0.1",
                "172.31.255.254",
                "192.168.0.1",
                "127.0.0.1",
                "127.40.7.9",
                "169.254.1.1",
                "::1",
                "fe80::1",
                "fd12:3456::1",
                "fc00::1",
                "::ffff:10.0.0.1"
            })
    void an_address_of_the_site_passes(String host) {
        assertThat(NetworkLimits.isLocal(MinerAddress.of(host))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "2001:db8::1",
                "fec0::1",
                "ff02::1",
                "::ffff:8.8.8.8",
                "fe80::1%nowhere",
                "localhost",
                "miner7.example.com"
            })
    void any_other_address_and_every_name_does_not(String host) {
        assertThat(NetworkLimits.isLocal(MinerAddress.of(host))).isFalse();
    }

    @Test
    void a_range_that_leaves_the_site_is_refused_with_the_first_addresses_that_do() {
        MinerRange range = MinerRange.parse("10.0.0.1,8.8.8.0/29");

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> NetworkLimits.requireLocal(range))
                .withMessage("range must hold private, loopback or link-local addresses only, not 8.8.8.1, 8.8.8.2,"
                        + " 8.8.8.3 and more")
                .extracting(InvalidArgumentException::argument)
                .isEqualTo("range");
    }

    @Test
    void a_range_of_the_site_passes_as_it_is() {
        MinerRange range = MinerRange.parse("10.0.0.0/24,192.168.1.7:4029");

        assertThat(NetworkLimits.requireLocal(range)).isSameAs(range);
    }
}
