package io.minerops.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalSessionsTest {
    private static final AccessToken TOKEN = AccessToken.of("alice", Role.OPERATE, Secret.of("text"));

    private static final AccessToken OTHER = AccessToken.of("wall", Role.READ, Secret.of("another text"));

    private final AtomicLong nanos = new AtomicLong();
    private final LocalSessions sessions = new LocalSessions(
            AccessTokens.of(List.of(TOKEN, OTHER), null, nanos::get),
            Duration.ofMinutes(60),
            Duration.ofMinutes(150),
            nanos::get);

    @Test
    void a_session_ends_after_it_was_idle_for_too_long() {
        String secret = sessions.open(TOKEN).secret();

        after(Duration.ofMinutes(59));
        assertThat(sessions.find(secret)).isPresent();
        after(Duration.ofMinutes(61));
        assertThat(sessions.find(secret)).isEmpty();
    }

    @Test
    void a_session_that_is_used_all_the_time_ends_too() {
        String secret = sessions.open(TOKEN).secret();

        for (int i = 0; i < 3; i++) {
            after(Duration.ofMinutes(50));
            assertThat(sessions.find(secret)).isPresent();
        }
        after(Duration.ofMinutes(1));
        assertThat(sessions.find(secret)).isEmpty();
    }

    @Test
    void of_too_many_of_one_token_the_one_that_was_idle_for_longest_ends() {
        String first = sessions.open(TOKEN).secret();
        String second = sessions.open(TOKEN).secret();
        assertThat(sessions.find(first)).isPresent();

        for (int i = 2; i <= LocalSessions.MAX_PER_TOKEN; i++) {
            assertThat(sessions.open(TOKEN).secret()).isNotEmpty();
        }

        assertThat(sessions.find(first)).isPresent();
        assertThat(sessions.find(second)).isEmpty();
    }

    @Test
    void logging_in_with_one_token_never_ends_a_session_of_another() {
        String operator = sessions.open(TOKEN).secret();

        for (int i = 0; i < 3 * LocalSessions.MAX_SESSIONS; i++) {
            assertThat(sessions.open(OTHER).secret()).isNotEmpty();
        }

        assertThat(sessions.find(operator)).isPresent();
    }

    @Test
    void when_there_are_too_many_in_total_a_token_with_most_sessions_loses_one() {
        List<AccessToken> tokens = IntStream.rangeClosed(0, LocalSessions.MAX_SESSIONS / LocalSessions.MAX_PER_TOKEN)
                .mapToObj(i -> AccessToken.of("wall" + i, Role.READ, Secret.of("text of wall " + i)))
                .toList();
        List<AccessToken> all = new ArrayList<>(tokens);
        all.add(TOKEN);
        LocalSessions many = new LocalSessions(
                AccessTokens.of(all, null, nanos::get), Duration.ofMinutes(60), Duration.ofMinutes(150), nanos::get);
        String operator = many.open(TOKEN).secret();

        for (AccessToken token : tokens) {
            for (int i = 0; i < LocalSessions.MAX_PER_TOKEN; i++) {
                assertThat(many.open(token).secret()).isNotEmpty();
            }
        }

        assertThat(many.find(operator)).isPresent();
    }

    @Test
    void checking_a_session_does_not_prolong_it() {
        Session session = sessions.open(TOKEN).session();

        after(Duration.ofMinutes(59));
        assertThat(sessions.goesOn(session)).isTrue();
        after(Duration.ofMinutes(2));
        assertThat(sessions.goesOn(session)).isFalse();
    }

    @Test
    void a_session_that_was_closed_does_not_go_on() {
        Session session = sessions.open(TOKEN).session();

        sessions.close(session);

        assertThat(sessions.goesOn(session)).isFalse();
    }

    @Test
    void a_made_up_cookie_is_none() {
        assertThat(sessions.find("made-up")).isEmpty();
    }

    @Test
    void nothing_printed_shows_the_cookie() {
        Sessions.Opened opened = sessions.open(TOKEN);

        assertThat(opened.toString()).doesNotContain(opened.secret());
        assertThat(sessions.find(opened.secret()).toString()).doesNotContain(opened.secret());
    }

    private void after(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
