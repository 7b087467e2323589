package io.minerops.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.internal.IpNetwork;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
    private final TrustedProxies proxies = new TrustedProxies(List.of(
            IpNetwork.parse("trusted_proxies", "10.0.0.0/8"),
            IpNetwork.parse("trusted_proxies", "fd00::/8"),
            IpNetwork.parse("trusted_proxies", "127.0.0.1")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    203.0.113.7                       | 203.0.113.7
                    203.0.113.7, 10.0.0.3             | 203.0.113.7
                    198.51.100.1, 203.0.113.7         | 203.0.113.7
                    127.0.0.1, 203.0.113.7, 10.9.9.9  | 203.0.113.7
                    203.0.113.7:51000                 | 203.0.113.7
                    2001:db8::7                       | 2001:db8::7
                    [2001:db8::7]:443                 | 2001:db8::7
                    10.0.0.9                          | 10.0.0.9
                    203.0.113.7, unknown              | 10.0.0.2
                    localhost                         | 10.0.0.2
                    999.0.0.1                         | 10.0.0.2
                    """)
    void the_last_hop_that_is_not_trusted_is_the_client(String header, String client) {
        assertThat(client("10.0.0.2", header, "", "").address()).isEqualTo(address(client));
    }

    @Test
    void headers_of_untrusted_clients_are_ignored() {
        Peer client = client("203.0.113.9", "127.0.0.1", "https", "for=127.0.0.1;proto=https");

        assertThat(client).isEqualTo(new Peer(address("203.0.113.9"), false));
    }

    @Test
    void a_proxy_says_whether_the_client_came_by_tls() {
        assertThat(client("10.0.0.2", "203.0.113.7", "https", "").secure()).isTrue();
        assertThat(client("10.0.0.2", "203.0.113.7", "https, http", "").secure())
                .isFalse();
        assertThat(client("10.0.0.2", "203.0.113.7", "", "").secure()).isFalse();
        assertThat(client("10.0.0.2", "", "", "for=203.0.113.7;proto=https").secure())
                .isTrue();
    }

    @Test
    void the_newer_header_counts_too() {
        assertThat(client("10.0.0.2", "", "", "for=198.51.100.1, for=\"[2001:db8::7]:443\";by=10.0.0.2")
                        .address())
                .isEqualTo(address("2001:db8::7"));
    }

    @Test
    void headers_that_contradict_each_other_are_not_believed() {
        assertThat(client("10.0.0.2", "203.0.113.7", "", "for=198.51.100.1").address())
                .isEqualTo(address("10.0.0.2"));
        assertThat(client("10.0.0.2", "203.0.113.7", "", "for=203.0.113.7").address())
                .isEqualTo(address("203.0.113.7"));
    }

    private Peer client(String direct, String forwardedFor, String proto, String forwarded) {
        return proxies.client(
                new Peer(address(direct), false),
                new TrustedProxies.Headers(List.of(forwardedFor), List.of(proto), List.of(forwarded)));
    }

    private static InetAddress address(String text) {
        return IpNetwork.literal(text).orElseThrow();
    }
}
