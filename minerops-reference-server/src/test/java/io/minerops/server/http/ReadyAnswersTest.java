package io.minerops.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.access.FileFault;
import io.minerops.server.config.Configuration;
import io.minerops.server.config.HttpConfig;
import io.minerops.server.http.gateway.HttpServer;
import io.minerops.server.http.guard.Access;
import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cached answers beside one that takes long, where one request is answered at a time. */
class ReadyAnswersTest {
    private static final Reply READY = Reply.json(JsonObject.ok().text("answer", "ready"));

    private final CountDownLatch slowBegan = new CountDownLatch(1);
    private final CountDownLatch slowMayEnd = new CountDownLatch(1);
    private final AtomicReference<@Nullable Reply> kept = new AtomicReference<>();
    private final HttpServer server = start();
    private final Client client = Client.of(server.uri());

    @AfterEach
    void stop() {
        slowMayEnd.countDown();
        server.close();
    }

    @Test
    void a_cached_answer_is_sent_while_all_threads_are_busy() throws Exception {
        CompletableFuture<Answer> slow = slow();

        assertThat(client.get("/ready").text()).contains("ready");
        assertThat(slow).isNotDone();
    }

    @Test
    void what_is_to_be_made_waits_for_its_turn() throws Exception {
        CompletableFuture<Answer> slow = slow();
        assertThat(client.get("/kept").status()).isEqualTo(503);

        slowMayEnd.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);

        assertThat(client.get("/kept").text()).contains("made");
    }

    @Test
    void a_made_answer_is_cached() throws Exception {
        assertThat(client.get("/kept").text()).contains("made");
        CompletableFuture<Answer> slow = slow();

        assertThat(client.get("/kept").text()).contains("made");
        assertThat(slow).isNotDone();
    }

    @Test
    void a_failure_to_look_is_answered_as_any_other() {
        assertThat(client.get("/failing").status()).isEqualTo(404);
    }

    private CompletableFuture<Answer> slow() throws InterruptedException {
        CompletableFuture<Answer> slow = CompletableFuture.supplyAsync(() -> client.get("/slow"));
        assertThat(slowBegan.await(10, TimeUnit.SECONDS)).isTrue();
        return slow;
    }

    private HttpServer start() {
        HttpConfig config = Configuration.read(Map.of("MINEROPS_PORT", "0", "MAX_CONCURRENT_REQUESTS", "1"), null)
                .http();
        return HttpServer.start(
                config,
                Access.of(config.access(), System::nanoTime),
                List.of(
                        Route.get("/ready", RouteHandler.always(READY)),
                        Route.get("/slow", this::answerSlowly),
                        Route.get("/kept", new Kept()),
                        Route.get("/failing", new Failing())),
                change -> {},
                new FileFault("certificate"),
                System::nanoTime);
    }

    private Reply answerSlowly(ApiRequest request) {
        slowBegan.countDown();
        try {
            assertThat(slowMayEnd.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return READY;
    }

    /** Makes its answer at the first request. */
    private final class Kept implements RouteHandler {
        @Override
        public Reply answer(ApiRequest request) {
            Reply made = Reply.json(JsonObject.ok().text("answer", "made"));
            kept.set(made);
            return made;
        }

        @Override
        public @Nullable Reply ready(ApiRequest request) {
            return kept.get();
        }
    }

    private static final class Failing implements RouteHandler {
        @Override
        public Reply answer(ApiRequest request) {
            return READY;
        }

        @Override
        public Reply ready(ApiRequest request) {
            throw HttpFailure.notFound("there is no such thing");
        }
    }
}
