package io.minerops.api.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinerAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.2.3",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1234.1.1.1",
                "1.2.3.0004",
                "...",
                "1"
            })
    void digits_and_dots_that_are_no_ipv4_address_are_refused(String host) {
        assertThatThrownBy(() -> MinerAddress.of(host))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "10.0.000.001", "fe80::1%eth0", "miner-7.site_2", "4x4"})
    void addresses_and_names_are_taken(String host) {
        assertThat(MinerAddress.of(host).host()).isEqualTo(host);
    }

    @Test
    void ipv4_addresses_come_by_number_and_before_other_hosts_and_then_by_port() {
        assertThat(Stream.of("b", "10.0.0.10", "10.0.0.9:4029", "10.0.0.9", "9.255.255.255", "200.0.0.1", "a", "[::1]")
                        .map(MinerAddress::parse)
                        .sorted()
                        .map(MinerAddress::toString))
                .containsExactly(
                        "9.255.255.255", "10.0.0.9", "10.0.0.9:4029", "10.0.0.10", "200.0.0.1", "::1", "a", "b");
    }
}
