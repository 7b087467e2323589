package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.Answer;
import io.minerops.server.support.RunningServer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server starts on a file in which a page was overwritten while it was stopped. */
class DamagedDatabaseTest {
    private static final int PAGE = 4_096;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2);

    @Test
    void it_is_moved_aside_and_the_server_works_on_a_new_one_and_says_so() throws Exception {
        SERVER.awaitStart();
        Path file = SERVER.database();
        SERVER.stopServer();
        overwriteRules(file);

        SERVER.startServer();
        SERVER.awaitStart();

        Path aside;
        try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
            aside = files.filter(
                            found -> found.getFileName().toString().matches("metrics\\.db\\.damaged-\\d{8}T\\d{6}Z"))
                    .findAny()
                    .orElseThrow();
        }
        Answer events = SERVER.client().get("/api/events?level=error");
        assertThat(events.text())
                .contains("is damaged and was moved to ")
                .contains(aside.getFileName().toString());
        Answer ready = SERVER.client().get("/readyz");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json().path("components").get(0).path("detail").asText())
                .contains("minerops db repair NEWFILE --db ")
                .contains(aside.getFileName().toString());
        assertThat(SERVER.server().ops().fleet().latest().size()).isEqualTo(2);
    }

    private static void overwriteRules(Path file) throws Exception {
        long root;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery("SELECT rootpage FROM sqlite_schema WHERE name = 'rules'")) {
            root = results.getLong(1);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[64]), (root - 1) * PAGE);
        }
    }
}
