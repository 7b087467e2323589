package io.minerops.notify.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void control_characters_become_spaces() {
        assertThat(PlainText.line("a\r\nBcc: b\u0000\u2028c")).isEqualTo("a  Bcc: b  c");
    }

    @Test
    void characters_that_turn_or_hide_text_are_dropped() {
        assertThat(PlainText.line("a\u202Eb\u200Bc\uFEFFd")).isEqualTo("abcd");
    }

    @Test
    void half_a_character_becomes_a_mark() {
        assertThat(PlainText.line("a\uD83Db")).isEqualTo("a\uFFFDb");
    }

    @Test
    void a_text_of_just_the_limit_stays_whole() {
        assertThat(PlainText.cut("abcde", 5)).isEqualTo("abcde");
    }

    @Test
    void a_longer_text_ends_in_an_ellipsis_within_the_limit() {
        assertThat(PlainText.cut("abcdef", 5)).isEqualTo("abcd…");
    }

    @Test
    void a_cut_does_not_halve_a_character() {
        assertThat(PlainText.cut("abc\uD83D\uDD25def", 5)).isEqualTo("abc…");
    }

    @Test
    void a_cut_does_not_halve_an_escape() {
        assertThat(PlainText.escaped("ab<cd", 5, PlainText.Escape.SLACK)).isEqualTo("ab…");
    }

    @Test
    void slack_escapes_its_three_characters() {
        assertThat(PlainText.escaped("<!channel> & *x*", 100, PlainText.Escape.SLACK))
                .isEqualTo("&lt;!channel&gt; &amp; *x*");
    }

    @Test
    void html_escapes_quotes_too() {
        assertThat(PlainText.escaped("\"'<", 100, PlainText.Escape.HTML)).isEqualTo("&quot;&#39;&lt;");
    }

    @Test
    void discord_escapes_mentions_links_and_formats() {
        assertThat(PlainText.escaped("<@1> [a](http://b) **c**", 100, PlainText.Escape.DISCORD))
                .isEqualTo("\\<\\@1\\> \\[a\\]\\(http\\://b\\) \\*\\*c\\*\\*");
    }
}
