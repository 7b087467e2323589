package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.access.TokenFiles;
import io.minerops.server.support.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a running server reads again: unusable files show in readiness and as an event, and goes when it can. */
class WatchedFilesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ADMIN = "admin-0123456789abcdefghij";
    private static final String ALICE = "alice-0123456789abcdefghij";

    @TempDir
    private Path folder;

    private RunningServer server = RunningServer.of(1).with("API_TOKEN", ADMIN);

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Path tokens() {
        return folder.resolve("tokens");
    }

    private void startWithTokens() throws IOException {
        TokenFiles.write(tokens(), "operate alice " + ALICE + "\n");
        server.with("API_TOKENS_FILE", tokens().toString()).start();
        await().atMost(PATIENCE).until(() -> server.client().get("/readyz").status() == 200);
        assertThat(statusOfAlice()).isEqualTo(200);
    }

    private int statusOfAlice() {
        return server.client().token(ALICE).get("/api/summary").status();
    }

    /** The fault of a component as a caller with a token sees it; absent as an empty text. */
    private String fault(String component) {
        for (JsonNode one : server.client().token(ADMIN).get("/readyz").json().path("components")) {
            if (one.path("name").asText().equals(component)) {
                return one.path("error").asText("");
            }
        }
        return "no component " + component;
    }

    private boolean eventSays(String... words) {
        String events = server.client().token(ADMIN).get("/api/events").text();
        for (String word : words) {
            if (!events.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private void awaitNotReady(String component, String word) {
        await().atMost(PATIENCE).until(() -> server.client().get("/readyz").status() == 503);
        assertThat(fault(component)).contains(word).doesNotContain(ALICE);
        await().atMost(PATIENCE).until(() -> eventSays("not ready: " + component, word));
    }

    private void awaitReady(String component) {
        await().atMost(PATIENCE).until(() -> server.client().get("/readyz").status() == 200);
        await().atMost(PATIENCE).until(() -> eventSays(component + " works again"));
    }

    private void breakAndMend(String component, String word, Change broken, BooleanSupplier still, Change repaired)
            throws IOException {
        broken.make();
        awaitNotReady(component, word);
        assertThat(still.getAsBoolean()).isTrue();
        repaired.make();
        awaitReady(component);
    }

    private interface Change {
        void make() throws IOException;
    }

    @Test
    void an_emptied_file_of_tokens() throws IOException {
        startWithTokens();

        breakAndMend(
                "tokens",
                "holds no token",
                () -> TokenFiles.write(tokens(), ""),
                () -> statusOfAlice() == 401,
                () -> TokenFiles.write(tokens(), "operate alice " + ALICE + "\n"));

        assertThat(statusOfAlice()).isEqualTo(200);
    }

    @Test
    void a_deleted_file_of_tokens() throws IOException {
        startWithTokens();

        breakAndMend(
                "tokens",
                "is not there",
                () -> Files.delete(tokens()),
                () -> statusOfAlice() == 401,
                () -> TokenFiles.write(tokens(), "operate alice " + ALICE + "\n"));

        assertThat(statusOfAlice()).isEqualTo(200);
    }

    @Test
    void a_file_of_tokens_that_others_can_read() throws IOException {
        startWithTokens();

        breakAndMend(
                "tokens",
                "by others",
                () -> Files.setPosixFilePermissions(tokens(), PosixFilePermissions.fromString("rw-r--r--")),
                () -> statusOfAlice() == 200,
                () -> Files.setPosixFilePermissions(tokens(), PosixFilePermissions.fromString("rw-------")));
    }

    @Test
    void a_file_of_rules_that_cannot_be_used() throws IOException {
        Path rules = folder.resolve("rules.yaml");
        String usable = "version: 1\nrules: [{name: Mine, rule_type: temp}]\n";
        Files.writeString(rules, usable);
        Path config = Files.writeString(folder.resolve("minerops.env"), "RULES_FILE=" + rules + "\n");
        server.withConfigFile(config).start();

        for (Change broken :
                new Change[] {() -> Files.writeString(rules, "rules: nonsense\n"), () -> Files.delete(rules)}) {
            breakAndMend(
                    "settings",
                    "rules.yaml",
                    () -> {
                        broken.make();
                        server.server().watch().look();
                    },
                    () -> true,
                    () -> {
                        Files.writeString(rules, usable);
                        server.server().watch().look();
                    });
        }
    }

    @Test
    void a_file_of_settings_that_cannot_be_used() throws IOException {
        Path config = Files.writeString(folder.resolve("minerops.env"), "LOG_LEVEL=INFO\n");
        server.withConfigFile(config).start();

        breakAndMend(
                "settings",
                "LOG_LEVEL",
                () -> {
                    Files.writeString(config, "LOG_LEVEL=LOUD\n");
                    server.server().watch().look();
                },
                () -> true,
                () -> {
                    Files.writeString(config, "LOG_LEVEL=INFO\n");
                    server.server().watch().look();
                });
    }
}
