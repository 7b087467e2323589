package io.minerops.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedSessionsTest {
    private static final AccessToken TOKEN = AccessToken.of("alice, of \u00fc", Role.OPERATE, Secret.of("text"));
    private static final AccessToken OTHER = AccessToken.of("wall", Role.READ, Secret.of("another text"));

    private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);
    private final SignedSessions one = of(TOKEN, OTHER);
    private final SignedSessions other = of(TOKEN, OTHER);

    private SignedSessions of(AccessToken... tokens) {
        return new SignedSessions(
                AccessTokens.of(List.of(tokens), null, System::nanoTime),
                Duration.ofMinutes(60),
                Duration.ofMinutes(150),
                millis::get);
    }

    private void after(int minutes) {
        millis.addAndGet(Duration.ofMinutes(minutes).toMillis());
    }

    private Session found(SignedSessions server, String cookie) {
        return Objects.requireNonNull(server.find(cookie).orElseThrow().session());
    }

    @Test
    void a_session_that_one_server_began_is_known_to_another_with_the_same_tokens() {
        Sessions.Opened opened = one.open(TOKEN);

        Caller caller = other.find(opened.secret()).orElseThrow();

        assertThat(caller.right()).isEqualTo(Role.OPERATE);
        assertThat(Objects.requireNonNull(caller.session()).csrfToken())
                .isEqualTo(opened.session().csrfToken());
        assertThat(other.goesOn(caller.session())).isTrue();
    }

    @Test
    void a_server_with_another_text_of_the_token_does_not_know_it() {
        String cookie = one.open(TOKEN).secret();

        assertThat(of(AccessToken.of(TOKEN.name(), Role.OPERATE, Secret.of("rotated")))
                        .find(cookie))
                .isEmpty();
        assertThat(of(OTHER).find(cookie)).isEmpty();
    }

    @Test
    void a_cookie_of_which_any_character_was_changed_is_none() {
        String cookie = one.open(TOKEN).secret();

        for (int at = 0; at < cookie.length(); at++) {
            char changed = cookie.charAt(at) == '1' ? '2' : '1';
            // of the last character of base64 some bits count for nothing
            boolean last = at == cookie.length() - 1;
            String forged = cookie.substring(0, at) + changed + cookie.substring(at + 1);
            assertThat(last || one.find(forged).isEmpty()).as(forged).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", ".....", "1.....", "1.a.!.1.1.x", "made-up", "1.a.d2FsbA.x.y.z", "1.a.d2FsbA.1.1.z"})
    void a_cookie_that_was_made_up_is_none(String cookie) {
        assertThat(one.find(cookie)).isEmpty();
    }

    @Test
    void a_session_ends_after_it_was_idle_for_too_long() {
        String cookie = one.open(TOKEN).secret();

        after(60);
        assertThat(other.find(cookie)).isPresent();
        after(1);
        assertThat(other.find(cookie)).isEmpty();
    }

    @Test
    void a_session_in_use_gets_a_cookie_that_any_server_renews_until_its_longest_time() {
        String cookie = one.open(TOKEN).secret();
        assertThat(found(other, cookie).renewed()).isNull();

        after(50);
        cookie = Objects.requireNonNull(found(other, cookie).renewed());
        after(50);
        cookie = Objects.requireNonNull(found(one, cookie).renewed());
        after(49);
        assertThat(one.find(cookie)).isPresent();
        after(2);
        assertThat(one.find(cookie)).isEmpty();
    }

    @Test
    void a_session_that_its_user_ended_is_over_on_that_server_even_with_an_earlier_cookie() {
        String cookie = one.open(TOKEN).secret();
        after(10);
        Session session = found(one, cookie);

        one.close(session);

        assertThat(one.find(cookie)).isEmpty();
        assertThat(one.find(Objects.requireNonNull(session.renewed()))).isEmpty();
        assertThat(one.goesOn(session)).isFalse();
    }

    @Test
    void the_header_of_changes_does_not_make_a_cookie() {
        Sessions.Opened opened = one.open(TOKEN);
        String forged = opened.secret().replaceFirst("[^.]*$", opened.session().csrfToken());

        assertThat(one.find(forged)).isEmpty();
    }

    @Test
    void nothing_printed_shows_the_cookie() {
        Sessions.Opened opened = one.open(TOKEN);

        assertThat(opened.toString()).doesNotContain(opened.secret());
        assertThat(one.find(opened.secret()).toString()).doesNotContain(opened.secret());
    }
}
