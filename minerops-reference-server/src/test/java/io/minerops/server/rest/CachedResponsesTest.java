package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.Test;

class CachedResponsesTest {
    private static final Duration HOLDS = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();
    private final CachedResponses replies = new CachedResponses(nanos::get);
    private final AtomicInteger made = new AtomicInteger();
    private final FleetSnapshot fleet = snapshot();

    @Test
    void an_answer_is_made_once_while_the_fleet_is_the_same() {
        Reply first = replies.get("all", fleet, HOLDS, counted(0));
        nanos.set(HOLDS.toNanos());

        assertThat(replies.get("all", fleet, HOLDS, counted(0))).isSameAs(first);
        assertThat(made).hasValue(1);
    }

    @Test
    void another_question_has_another_answer() {
        replies.get("all", fleet, HOLDS, counted(0));
        replies.get("ten", fleet, HOLDS, counted(0));

        assertThat(made).hasValue(2);
    }

    @Test
    void an_answer_is_made_again_when_its_ages_are_too_old_and_keeps_its_version() {
        Reply first = replies.get("all", fleet, HOLDS, counted(3));
        nanos.set(HOLDS.toNanos() + 1);
        Reply second = replies.get("all", fleet, HOLDS, counted(3));

        assertThat(made).hasValue(2);
        assertThat(version(second)).isEqualTo(version(first));
    }

    @Test
    void what_changes_with_the_time_changes_the_version() {
        Reply first = replies.get("all", fleet, HOLDS, counted(3));
        nanos.set(HOLDS.toNanos() + 1);

        assertThat(version(replies.get("all", fleet, HOLDS, counted(2)))).isNotEqualTo(version(first));
    }

    @Test
    void another_fleet_changes_answer_and_version_at_once() {
        Reply first = replies.get("all", fleet, HOLDS, counted(0));
        Reply second = replies.get("all", snapshot(), HOLDS, counted(0));

        assertThat(made).hasValue(2);
        assertThat(version(second)).isNotEqualTo(version(first));
    }

    @Test
    void another_process_has_other_versions() {
        Reply first = replies.get("all", fleet, HOLDS, counted(0));
        Reply second = new CachedResponses(nanos::get).get("all", fleet, HOLDS, counted(0));

        assertThat(version(second)).isNotEqualTo(version(first));
    }

    @Test
    void concurrent_requests_wait_for_one_response() throws Exception {
        int threads = 8;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Reply>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    start.await();
                    return replies.get("all", fleet, HOLDS, counted(0));
                }));
            }
            start.countDown();
            for (Future<Reply> one : all) {
                assertThat(one.get()).isSameAs(all.get(0).get());
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(made).hasValue(1);
    }

    @Test
    void an_answer_that_could_not_be_made_is_requested_again() {
        Supplier<CachedResponses.Made> failing = () -> {
            throw new IllegalStateException("no database");
        };
        assertThatIllegalStateException().isThrownBy(() -> replies.get("all", fleet, HOLDS, failing));

        replies.get("all", fleet, HOLDS, counted(0));
        assertThat(made).hasValue(1);
    }

    private Supplier<CachedResponses.Made> counted(long state) {
        return () -> new CachedResponses.Made(Reply.json(JsonObject.ok().whole("made", made.incrementAndGet())), state);
    }

    private static String version(Reply reply) {
        return String.valueOf(reply.headers().get(HttpHeader.ETAG));
    }

    private static FleetSnapshot snapshot() {
        return FleetSnapshot.builder(Instant.parse("2026-01-01T00:00:00Z"), 0).build();
    }
}
