package io.minerops.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
    @Test
    void agrees_with_the_reference_vector_of_standard_webhooks() {
        WebhookSignature signature = new WebhookSignature(Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
        assertThat(signature.of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void a_secret_without_the_prefix_counts_as_its_bytes() {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(new WebhookSignature(Secret.of("0123456789abcdef")).of("a", 1, body))
                .isEqualTo(new WebhookSignature(Secret.of("whsec_MDEyMzQ1Njc4OWFiY2RlZg==")).of("a", 1, body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short-secret", "whsec_%%%%-not-base-64-at-all", "whsec_c2hvcnQ="})
    void bad_secrets_are_refused_without_being_repeated(String secret) {
        assertThatThrownBy(() -> new WebhookSignature(Secret.of(secret)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasNoCause()
                .message()
                .doesNotContain("short-secret", "%%%", "c2hvcnQ");
    }
}
