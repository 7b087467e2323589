package io.minerops.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {
    private static InetAddress address(String text) {
        return IpNetwork.literal(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.168.1.64/26, 192.168.1.127, true",
        "192.168.1.64/26, 192.168.1.128, false",
        "10.0.0.7, 10.0.0.7, true",
        "10.0.0.7, 10.0.0.6, false",
        "0.0.0.0/0, 203.0.113.7, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false"
    })
    void it_contains_the_addresses_with_its_leading_bits(String network, String address, boolean contained) {
        assertThat(IpNetwork.parse("allow", network).contains(address(address))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "10.0.0.0/",
                "rig.example",
                "",
                "::/129",
                "1.2.3",
                "1.2.3.256"
            })
    void what_is_no_network_is_refused_by_name(String text) {
        assertThatThrownBy(() -> IpNetwork.parse("allow", text))
                .isInstanceOfSatisfying(
                        InvalidArgumentException.class,
                        e -> assertThat(e.argument()).isEqualTo("allow"))
                .hasMessageStartingWith("allow must hold ")
                .hasMessageEndingWith('"' + text + '"');
    }

    @Test
    void a_name_of_digits_is_never_looked_up() {
        assertThat(IpNetwork.literal("999.0.0.1")).isEmpty();
        assertThat(IpNetwork.looksLike("999.0.0.1/8")).isTrue();
        assertThat(IpNetwork.looksLike("rig-1.example")).isFalse();
    }
}
