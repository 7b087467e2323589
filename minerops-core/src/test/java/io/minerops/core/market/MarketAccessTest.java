package io.minerops.core.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketAccessTest {
    private final MarketAccess access = MarketAccess.publicHost();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://mirror.test",
                "mirror.test",
                "/prices",
                "http:///prices",
                "https://user:hunter2@mirror.test",
                "https://mirror.test?key=hunter2",
                "https://mirror.test#hunter2",
                "mailto:hunter2@mirror.test"
            })
    void a_base_url_that_cannot_be_used_is_refused_without_repeating_it(String url) {
        assertThatThrownBy(() -> access.withBaseUrl(URI.create(url)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("base_url must be an http or https URL")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "hunter2 ", "hunter2\r\nX-Other: 1", "hunter2é"})
    void a_key_that_cannot_be_sent_is_refused_without_repeating_it(String key) {
        assertThatThrownBy(() -> access.withKey(Secret.of(key)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageStartingWith("key must be 1 to 512 visible ASCII characters")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void limits_out_of_range_are_refused() {
        assertThatThrownBy(() -> access.withTimeout(Duration.ZERO)).hasMessageContaining("timeout");
        assertThatThrownBy(() -> access.withMaxReplyBytes(0)).hasMessageContaining("max_reply_bytes");
    }

    @Test
    void the_text_form_hides_the_key() {
        assertThat(access.withKey(Secret.of("hunter2")).toString()).doesNotContain("hunter2");
    }
}
