package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobStatus;
import io.minerops.server.support.BadRequest;
import io.minerops.server.support.DatabaseContent;
import io.minerops.server.support.RawSocket;
import io.minerops.server.support.RunningServer;
import io.minerops.testkit.fleet.Trouble;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that must be refused, sent byte for byte: each is answered as the files of {@code bad-requests} say, in the
 * envelope, at once or in the time that a request may take, and changes nothing.
 */
class BadRequestTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2).with("REQUEST_TIMEOUT", "1");

    private static long alert;
    private static Map<String, List<String>> before;

    @BeforeAll
    static void something_to_change() {
        SERVER.fleet().trouble(0, Trouble.DEAD_FAN);
        SERVER.server().ops().pollNow();
        alert = SERVER.client()
                .post("/api/alerts/check")
                .json()
                .at("/new_alerts/0/id")
                .asLong();
        assertThat(alert).isPositive();
        // what the jobs write after the start is not what requests write
        await().until(() -> SERVER.server().ops().jobs().stream().allMatch(BadRequestTest::isAtRest));
        before = DatabaseContent.of(SERVER.database());
    }

    /** What is too old is looked for a minute after the start, and there is none. */
    private static boolean isAtRest(JobStatus job) {
        return !job.running() && (job.runs() > 0 || job.name().equals(Job.PRUNE_HISTORY.key()));
    }

    static Stream<BadRequest> requests() {
        return Stream.of(
                        BadRequest.table("queries.txt"),
                        BadRequest.table("paths.txt"),
                        BadRequest.table("bodies.txt"),
                        BadRequest.blocks("wire.txt"))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void is_refused(BadRequest request) throws IOException {
        String heard = answer(request);

        if (request.status() == 0) {
            assertThat(heard).isEmpty();
            return;
        }
        Matcher status = STATUS.matcher(heard);
        assertThat(status.find()).as("an answer to be found in " + heard).isTrue();
        assertThat(Integer.parseInt(status.group(1))).as(heard).isEqualTo(request.status());
        assertThat(status.find()).as("another answer in " + heard).isFalse();
        assertThat(heard).doesNotContain("Exception").doesNotContain("\tat ");
        if (!request.inEnvelope()) {
            return;
        }
        JsonNode envelope = MAPPER.readTree(heard.substring(heard.indexOf("\r\n\r\n")));
        assertThat(envelope.path("ok").asBoolean(true)).isFalse();
        assertThat(envelope.path("error").asText()).isNotBlank();
        if (!request.field().isEmpty()) {
            assertThat(envelope.path("field").asText()).isEqualTo(request.field());
        }
    }

    private static String answer(BadRequest request) {
        String text = request.text().replace("{alert}", Long.toString(alert)).replace("{miner}", SERVER.name(0));
        try (RawSocket socket = RawSocket.to(SERVER.server().uri())) {
            socket.say(text);
            return socket.hearAnswers();
        }
    }

    @Test
    void there_are_enough_of_them() {
        assertThat(requests()).hasSizeGreaterThan(250).doesNotHaveDuplicates();
    }

    @AfterAll
    static void nothing_was_written() {
        DatabaseContent.of(SERVER.database())
                .forEach((table, rows) -> assertThat(rows).as(table).isEqualTo(before.get(table)));
        assertThat(SERVER.client().get("/api/summary").status()).isEqualTo(200);
    }
}
