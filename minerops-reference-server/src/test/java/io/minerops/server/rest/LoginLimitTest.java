package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens cannot be guessed at the login. */
class LoginLimitTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1).with("API_TOKEN", "right-0123456789abcdefghij");

    @Test
    void after_ten_wrong_tokens_even_the_right_one_has_to_wait() {
        for (int i = 0; i < 10; i++) {
            assertThat(logIn("wrong").status()).isEqualTo(401);
        }

        Answer answer = logIn("right-0123456789abcdefghij");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 61);
        assertThat(SERVER.client()
                        .token("right-0123456789abcdefghij")
                        .get("/api/summary")
                        .status())
                .isEqualTo(200);
    }

    private static Answer logIn(String token) {
        return SERVER.client().post("/api/session", "{\"token\":\"" + token + "\"}");
    }
}
