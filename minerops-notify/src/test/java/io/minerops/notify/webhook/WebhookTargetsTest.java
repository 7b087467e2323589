package io.minerops.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTargetsTest {
    private static final URI HTTPS = URI.create("https://hooks.example.com/a");
    private static final URI HTTP = URI.create("http://hooks.example.com/a");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/x",
                "https://2130706433/x",
                "https://10.20.30.40:8443/x",
                "https://169.254.169.254/latest",
                "https://172.20.0.9/x",
                "https://192.168.77.1/x",
                "https://[::1]/x",
                "https://[fe80::7]/x",
                "https://[fe80::7%25eth0]/x",
                "https://[fd12::1]/x",
                "https://[::ffff:10.9.8.7]/x",
                "https://[::ffff:c0a8:101]/x",
                "https://[64:ff9b::a00:1]/x",
                "https://localhost/x",
                "https://LOCALHOST.:9/x",
                "https://a.localhost/x",
                "http://hooks.example.com/x",
                "http://8.8.8.8/x"
            })
    void what_sending_will_refuse_is_refused_when_it_is_saved(String url) {
        Webhook webhook = Webhook.of(url, WebhookFormat.GENERIC);
        assertThat(WebhookTargets.publicOnly().refusal(webhook)).isPresent();
        assertThatThrownBy(() -> WebhookTargets.publicOnly().checked(webhook))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("webhook_url")
                .hasMessageNotContaining("/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.1/x", "https://192.168.77.1./x", "https://0x7f.1/x", "https://[::1/x"})
    void an_address_in_numbers_that_no_url_may_hold_is_no_webhook_at_all(String url) {
        assertThatThrownBy(() -> Webhook.of(url, WebhookFormat.GENERIC))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("webhook_url");
    }

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com/x, ''",
        "https://8.8.8.8/x, ''",
        // to Java, a leading zero means nothing: this is 177.0.0.1
        "https://0177.0.0.1/x, ''",
        "https://[2606:4700::1]/x, ''",
        "http://10.1.2.3/x, 10.0.0.0/8",
        "http://intern.example.com/x, intern.example.com",
        "http://localhost/x, localhost",
        "http://may-be-in-the-block.example.com/x, 10.0.0.0/8"
    })
    void what_sending_may_accept_is_saved(String url, String allowed) {
        WebhookTargets targets =
                allowed.isEmpty() ? WebhookTargets.publicOnly() : WebhookTargets.allowing(List.of(allowed));
        Webhook webhook = Webhook.of(url, WebhookFormat.SLACK);
        assertThat(targets.checked(webhook)).isEqualTo(webhook);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "fec0::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a00:1",
                "2002:7f00:1::",
                "2001::1",
                "2001:db8::1",
                "::7f00:1"
            })
    void addresses_that_are_not_public_are_refused(String address) {
        assertThat(WebhookTargets.publicOnly().refusal(HTTPS, resolved(address)))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "192.169.0.1",
                "9.255.255.255",
                "223.255.255.255",
                "2606:4700::1111",
                "64:ff9b::101:101"
            })
    void public_addresses_are_reached_over_https(String address) {
        assertThat(WebhookTargets.publicOnly().refusal(HTTPS, resolved(address)))
                .isEmpty();
    }

    @Test
    void plain_http_to_a_public_address_is_refused() {
        assertThat(WebhookTargets.publicOnly().refusal(HTTP, resolved("1.1.1.1")))
                .hasValueSatisfying(why -> assertThat(why).contains("plain http"));
    }

    @Test
    void one_private_address_among_public_ones_is_refused() {
        assertThat(WebhookTargets.publicOnly().refusal(HTTPS, resolved("1.1.1.1", "10.0.0.1")))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 172.16.0.1, false",
        "192.168.1.128/25, 192.168.1.129, true",
        "192.168.1.128/25, 192.168.1.127, false",
        "192.168.1.5, 192.168.1.5, true",
        "192.168.1.5, 192.168.1.6, false",
        "fd00::/8, fd12::1, true",
        "fd00::/8, fc12::1, false",
        "0.0.0.0/0, 127.0.0.1, true",
        "0.0.0.0/0, ::1, false",
        "::/0, ::1, true",
        "hooks.example.com, 127.0.0.1, true",
        "HOOKS.example.COM., 127.0.0.1, true",
        "example.com, 127.0.0.1, false",
        "ooks.example.com, 127.0.0.1, false"
    })
    void listed_targets_are_reached_even_over_plain_http(String allow, String address, boolean reached) {
        WebhookTargets targets = WebhookTargets.allowing(List.of(allow));
        assertThat(targets.refusal(HTTP, resolved(address)).isEmpty()).isEqualTo(reached);
        assertThat(targets.refusal(HTTPS, resolved(address)).isEmpty()).isEqualTo(reached);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/x", "http://a", "a b", "", "300.1.1.1", "*"})
    void entries_that_are_neither_host_nor_block_are_refused(String entry) {
        assertThatThrownBy(() -> WebhookTargets.allowing(List.of(entry)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("webhook_allow");
    }

    private static List<InetAddress> resolved(String... addresses) {
        return Arrays.stream(addresses).map(WebhookTargetsTest::address).toList();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
