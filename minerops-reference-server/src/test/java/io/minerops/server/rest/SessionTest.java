package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minerops.server.access.TokenFiles;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Sessions as a browser has them, by HTTP. */
class SessionTest {
    private static final String ALICE = "alice-0123456789abcdef0123456789";
    private static final String WALL = "wall-0123456789abcdef0123456789";

    @TempDir
    private static Path folder;

    private static final RunningServer SERVER = RunningServer.of(2);

    @RegisterExtension
    static final RunningServer OPEN = RunningServer.of(1);

    @BeforeAll
    static void start() throws IOException {
        Path file = TokenFiles.write(folder.resolve("tokens"), lines());
        SERVER.with("API_TOKENS_FILE", file.toString()).start();
    }

    @AfterAll
    static void stop() throws Exception {
        SERVER.close();
    }

    private static String lines() {
        return "operate alice " + ALICE + "\nread wall " + WALL + "\n";
    }

    private static Answer logIn(String token) {
        return SERVER.client().post("/api/session", "{\"token\":\"" + token + "\"}");
    }

    private static String cookie(Answer answer) {
        return answer.header("Set-Cookie").replaceFirst(";.*", "");
    }

    private static Client with(Answer login) {
        return SERVER.client().with("Cookie", cookie(login));
    }

    private static Client withCsrf(Answer login) {
        return with(login).with("X-CSRF-Token", login.json().path("csrf_token").asText());
    }

    @Test
    void the_cookie_is_closed_to_scripts_and_to_other_sites() {
        Answer login = logIn(ALICE);

        assertThat(login.status()).isEqualTo(200);
        assertThat(login.header("Set-Cookie"))
                .matches("minerops_session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(login.text()).doesNotContain(ALICE);
    }

    @Test
    void a_page_without_a_session_leads_to_the_login() {
        Answer answer = SERVER.client().get("/dashboard/alerts");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("/login?next=%2Fdashboard%2Falerts");
        assertThat(SERVER.client().get("/login?next=%2Fdashboard%2Falerts").status())
                .isEqualTo(200);
        assertThat(SERVER.client().token(ALICE).get("/dashboard/alerts").status())
                .isEqualTo(200);
        assertThat(with(logIn(ALICE)).get("/dashboard/alerts").status()).isEqualTo(200);
    }

    @Test
    void an_api_without_a_session_says_401_and_leads_nowhere() {
        assertThat(SERVER.client().get("/api/summary").status()).isEqualTo(401);
    }

    @Test
    void without_required_tokens_the_pages_are_open() {
        assertThat(OPEN.client().get("/dashboard").status()).isEqualTo(200);
        assertThat(OPEN.client().get("/login").header("Location")).isEqualTo("/dashboard");
        assertThat(OPEN.client()
                        .get("/api/session")
                        .json()
                        .path("token_required")
                        .asBoolean())
                .isFalse();
        assertThat(OPEN.client().post("/api/session", "{\"token\":\"x\"}").status())
                .isEqualTo(409);
    }

    @Test
    void a_session_may_do_what_its_token_may() {
        assertThat(withCsrf(logIn(ALICE)).post("/api/alerts/check").status()).isEqualTo(200);
        assertThat(with(logIn(WALL)).get("/api/summary").status()).isEqualTo(200);
        assertThat(withCsrf(logIn(WALL)).post("/api/alerts/check").status()).isEqualTo(403);
    }

    @Test
    void a_change_with_a_session_needs_the_header_that_only_a_page_of_this_server_can_send() {
        Answer login = logIn(ALICE);

        Answer without = with(login).post("/api/alerts/check");
        assertThat(without.status()).isEqualTo(403);
        assertThat(without.field()).isEqualTo("X-CSRF-Token");
        assertThat(with(login)
                        .with("X-CSRF-Token", "guessed")
                        .post("/api/alerts/check")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_page_of_another_origin_changes_nothing_even_with_the_header() {
        assertThat(withCsrf(logIn(ALICE))
                        .with("Origin", "https://evil.example")
                        .post("/api/alerts/check")
                        .status())
                .isEqualTo(403);
        assertThat(SERVER.client()
                        .with("Origin", "https://evil.example")
                        .post("/api/session", "{\"token\":\"" + ALICE + "\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_bearer_token_needs_no_such_header() {
        assertThat(SERVER.client().token(ALICE).post("/api/alerts/check").status())
                .isEqualTo(200);
        assertThat(with(logIn(WALL)).token(ALICE).post("/api/alerts/check").status())
                .isEqualTo(200);
    }

    @Test
    void logging_out_ends_the_session() {
        Answer login = logIn(WALL);

        Answer out = withCsrf(login).delete("/api/session");

        assertThat(out.status()).isEqualTo(200);
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        assertThat(with(login).get("/api/summary").status()).isEqualTo(401);
    }

    @Test
    void a_session_ends_when_its_token_is_rotated_away() throws IOException {
        Answer login = logIn(ALICE);
        assertThat(with(login).get("/api/summary").status()).isEqualTo(200);

        TokenFiles.write(folder.resolve("tokens"), "operate alice " + ALICE + "-2\nread wall " + WALL + "\n");
        await().untilAsserted(() ->
                assertThat(with(login).get("/api/summary").status()).isEqualTo(401));

        TokenFiles.write(folder.resolve("tokens"), lines());
        await().untilAsserted(() -> assertThat(
                        SERVER.client().token(ALICE).get("/api/summary").status())
                .isEqualTo(200));
        assertThat(with(login).get("/api/summary").status()).isEqualTo(401);
    }

    @Test
    void the_session_is_shown_to_every_client() {
        assertThat(SERVER.client().get("/api/session").json().path("right").asText())
                .isEqualTo("none");
        assertThat(with(logIn(WALL)).get("/api/session").json().path("name").asText())
                .isEqualTo("wall");
        assertThat(SERVER.client()
                        .token(ALICE)
                        .get("/api/session")
                        .json()
                        .path("csrf_token")
                        .isNull())
                .isTrue();
    }
}
