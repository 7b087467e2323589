package io.minerops.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinerRangeTest {
    private static final MinerAddress ONE = MinerAddress.of("10.0.0.1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/30                | 10.0.0.1:4028 .. 10.0.0.2:4028     | 2",
                "10.0.0.0/24                | 10.0.0.1:4028 .. 10.0.0.254:4028   | 254",
                "10.0.0.77/24               | 10.0.0.1:4028 .. 10.0.0.254:4028   | 254",
                "10.0.0.6/31                | 10.0.0.6:4028 .. 10.0.0.7:4028     | 2",
                "10.0.0.7/32                | 10.0.0.7:4028 .. 10.0.0.7:4028     | 1",
                "10.0.0.10-12               | 10.0.0.10:4028 .. 10.0.0.12:4028   | 3",
                "10.0.0.250-10.0.1.5        | 10.0.0.250:4028 .. 10.0.1.5:4028   | 12",
                "10.0.0.0/30:4029           | 10.0.0.1:4029 .. 10.0.0.2:4029     | 2",
                "10.0.0.10-12:5000          | 10.0.0.10:5000 .. 10.0.0.12:5000   | 3",
                "127.0.0.1:40000-40049      | 127.0.0.1:40000 .. 127.0.0.1:40049 | 50",
                "miner7.example.com         | miner7.example.com:4028 .. miner7.example.com:4028 | 1",
                "miner7.example.com:4029    | miner7.example.com:4029 .. miner7.example.com:4029 | 1",
                "10.0.0.1, 10.0.0.1         | 10.0.0.1:4028 .. 10.0.0.1:4028     | 1",
                "10.0.0.1,, 10.0.0.9 ,      | 10.0.0.1:4028 .. 10.0.0.9:4028     | 2",
                "0.0.0.0/16                 | 0.0.0.1:4028 .. 0.0.255.254:4028   | 65534",
            })
    void a_text_stands_for_addresses(String text, String firstAndLast, int count) {
        List<MinerAddress> addresses = MinerRange.parse(text).addresses();

        assertThat(addresses).hasSize(count);
        assertThat(plain(addresses.get(0)) + " .. " + plain(addresses.get(count - 1)))
                .isEqualTo(firstAndLast);
    }

    private static String plain(MinerAddress address) {
        return address.host() + ":" + address.port();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.12-10",
                "10.0.1.0-10.0.0.0",
                "10.0.0.300",
                "10.0.0/24",
                "10.0.0.1-300",
                "10.0.0.1:0",
                "10.0.0.1:70000",
                "127.0.0.1:5000-4000",
                "127.0.0.1:65530-65540",
                "http://10.0.0.1",
                "10.0.0.1/24/8",
            })
    void unreadable_text_is_refused_and_named(String text) {
        assertThatThrownBy(() -> MinerRange.parse("10.0.0.1," + text))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("range must be a network such as 192.168.1.0/24")
                .hasMessageContaining(text);
    }

    @Test
    void every_entry_that_cannot_be_read_is_named() {
        assertThatThrownBy(() -> MinerRange.parse("10.0.0.300, 10.0.0.1, 10.0.0.0/99"))
                .hasMessageContaining("10.0.0.300")
                .hasMessageContaining("10.0.0.0/99");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/15", "10.0.0.0/16,10.1.0.0/16", "0.0.0.0/0"})
    void more_addresses_than_can_be_polled_are_refused(String text) {
        assertThatThrownBy(() -> MinerRange.parse(text)).hasMessageContaining("at most 65536 are accepted");
    }

    @Test
    void another_port_counts_where_an_entry_names_none() {
        assertThat(MinerRange.parse("10.0.0.1,10.0.0.2:4029", 5000).addresses())
                .containsExactly(new MinerAddress("10.0.0.1", 5000), new MinerAddress("10.0.0.2", 4029));
    }

    @Test
    void an_ipv6_address_is_no_host_with_a_port() {
        assertThat(MinerRange.parse("[fd00::7]:4029").addresses())
                .containsExactly(MinerAddress.parse("[fd00::7]:4029", 4028));
    }

    @Test
    void only_addresses_that_are_named_one_by_one_are_known_to_be_miners() {
        assertThat(MinerRange.parse("10.0.0.1, 10.1.0.0/24, 127.0.0.1:4030-4040")
                        .named())
                .containsExactly(ONE);
        assertThat(MinerRange.of(List.of(ONE)).named()).containsExactly(ONE);
    }

    @Test
    void a_range_can_be_empty() {
        assertThat(MinerRange.none().addresses()).isEmpty();
        assertThat(MinerRange.parse("").addresses()).isEmpty();
    }
}
