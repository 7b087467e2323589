package io.minerops.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.minerops.api.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class AccessTokensTest {
    private static final String OLD = "old-0123456789abcdef0123456789";
    private static final String NEW = "new-0123456789abcdef0123456789";

    private final AtomicLong nanos = new AtomicLong();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
    }

    @Test
    void a_changed_file_counts_without_a_restart() throws IOException {
        AccessTokens tokens = tokens("operate alice " + OLD + "\n");
        assertThat(tokens.find(OLD)).get().extracting(AccessToken::name).isEqualTo("alice");

        rewrite("read alice " + NEW + "\n");

        assertThat(tokens.find(OLD)).isEmpty();
        assertThat(tokens.find(NEW)).get().extracting(AccessToken::right).isEqualTo(Role.READ);
    }

    @Test
    void a_broken_version_leaves_the_tokens_as_they_were_and_is_a_fault_without_a_token() throws IOException {
        AccessTokens tokens = tokens("operate alice " + OLD + "\n");

        rewrite("operate " + NEW + "\n");
        for (int i = 0; i < 5; i++) {
            assertThat(tokens.find(OLD)).isPresent();
            later();
        }

        assertThat(log.list)
                .singleElement()
                .satisfies(reported -> assertThat(reported.getFormattedMessage())
                        .contains("still accepted")
                        .contains("line 1")
                        .doesNotContain(NEW));
        assertThat(tokens.fault())
                .hasValueSatisfying(fault ->
                        assertThat(fault).contains("line 1", "still accepted").doesNotContain(NEW));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "\n", "# alice left\n", "  \n\t\n#operate alice " + OLD + "\n"})
    void a_file_that_was_emptied_revokes_its_tokens(String text) throws IOException {
        AccessTokens tokens = tokens("operate alice " + OLD + "\n");
        AccessToken alice = tokens.find(OLD).orElseThrow();

        rewrite(text);

        assertThat(tokens.find(OLD)).isEmpty();
        assertThat(tokens.renewed(alice)).isEmpty();
        assertThat(tokens.none()).as("a token is still required").isFalse();
        assertThat(tokens.fault()).hasValueSatisfying(fault -> assertThat(fault).contains("holds no token", "revoked"));
    }

    @Test
    void a_file_that_is_gone_revokes_its_tokens_until_it_is_back() throws IOException {
        AccessTokens tokens = tokens("operate alice " + OLD + "\n");

        Files.delete(folder.resolve("tokens"));
        later();

        assertThat(tokens.find(OLD)).isEmpty();
        assertThat(tokens.fault()).hasValueSatisfying(fault -> assertThat(fault).contains("is not there", "revoked"));

        rewrite("operate alice " + OLD + "\n");

        assertThat(tokens.find(OLD)).isPresent();
        assertThat(tokens.fault()).isEmpty();
    }

    @Test
    void a_revoked_file_leaves_the_tokens_of_the_settings() throws IOException {
        AccessToken fixed = AccessToken.of("API_TOKEN", Role.OPERATE, Secret.of(NEW));
        Path file = TokenFiles.write(folder.resolve("tokens"), "operate alice " + OLD + "\n");
        AccessTokens tokens = AccessTokens.of(List.of(fixed), file, nanos::get);

        rewrite("");

        assertThat(tokens.find(OLD)).isEmpty();
        assertThat(tokens.find(NEW)).isPresent();
    }

    @Test
    void a_file_that_others_can_read_is_a_fault_until_they_cannot() throws IOException {
        AccessTokens tokens = tokens("operate alice " + OLD + "\n");
        assertThat(tokens.fault()).isEmpty();

        Files.setPosixFilePermissions(folder.resolve("tokens"), PosixFilePermissions.fromString("rw-r--r--"));
        later();

        assertThat(tokens.fault())
                .hasValueSatisfying(
                        fault -> assertThat(fault).contains("can be read or written by others", "still accepted"));
        assertThat(tokens.find(OLD)).isPresent();

        Files.setPosixFilePermissions(folder.resolve("tokens"), PosixFilePermissions.fromString("rw-------"));
        later();

        assertThat(tokens.fault()).isEmpty();
    }

    @Test
    void a_version_that_is_right_again_counts() throws IOException {
        AccessTokens tokens = tokens("operate alice " + OLD + "\n");

        rewrite("nonsense\n");
        assertThat(tokens.find(NEW)).isEmpty();
        rewrite("operate alice " + NEW + "\n");

        assertThat(tokens.find(NEW)).isPresent();
        assertThat(tokens.find(OLD)).isEmpty();
    }

    @Test
    void of_a_text_with_two_names_the_one_that_allows_most_counts() throws IOException {
        AccessToken fixed = AccessToken.of("API_READ_TOKEN", Role.READ, Secret.of(OLD));
        Path file = TokenFiles.write(folder.resolve("tokens"), "operate alice " + OLD + "\n");
        AccessTokens tokens = AccessTokens.of(List.of(fixed), file, nanos::get);

        assertThat(tokens.find(OLD)).get().extracting(AccessToken::name).isEqualTo("alice");
    }

    @Test
    void nothing_printed_shows_a_token() throws IOException {
        AccessTokens tokens = tokens("operate alice " + OLD + "\n");

        assertThat(tokens.find(OLD).toString()).contains("alice").doesNotContain(OLD);
    }

    private AccessTokens tokens(String text) throws IOException {
        return AccessTokens.of(List.of(), TokenFiles.write(folder.resolve("tokens"), text), nanos::get);
    }

    private void rewrite(String text) throws IOException {
        TokenFiles.write(folder.resolve("tokens"), text);
        later();
    }

    private void later() {
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(AccessTokens.class);
    }
}
