package io.minerops.core.device.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.vendor.BracketedText;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol's text form, in the shape of its JSON form. */
class TextReplyTest {
    private static final String STATUS = "STATUS=S,When=1,Code=22,Msg=ok,Description=cgminer 4.11.1|";

    private static Reply read(String text) {
        return ReplyReader.read(Replies.bytes(text));
    }

    private static JsonNode root(String text) {
        return ((Reply.Value) read(text)).root();
    }

    @Nested
    class Sections {
        @ParameterizedTest
        @CsvSource({"VERSION", "SUMMARY", "STATS", "DEVDETAILS"})
        void are_arrays_of_objects_under_their_names(String name) {
            JsonNode root = root(STATUS + name + ",A=1,B=x|\0");

            assertThat(root.path("STATUS").path(0).path("STATUS").asText()).isEqualTo("S");
            assertThat(root.path(name).toString()).isEqualTo("[{\"A\":\"1\",\"B\":\"x\"}]");
        }

        @Test
        void that_are_numbered_keep_their_number_as_a_field() {
            assertThat(root(STATUS + "STATS=0,ID=a|STATS=1,ID=b|").path("STATS").toString())
                    .isEqualTo("[{\"STATS\":\"0\",\"ID\":\"a\"},{\"STATS\":\"1\",\"ID\":\"b\"}]");
        }

        @ParameterizedTest
        @CsvSource({"POOL, POOLS", "ASC, DEVS", "PGA, DEVS"})
        void of_one_thing_go_under_the_name_of_all(String name, String inJson) {
            assertThat(root(STATUS + name + "=0,A=1|")
                            .path(inJson)
                            .path(0)
                            .path("A")
                            .asText())
                    .isEqualTo("1");
        }

        @Test
        void report_whether_the_command_was_refused() {
            ReplyStatus status = ReplyStatus.of(root("STATUS=E,When=1,Code=45,Msg=Access denied|"));

            assertThat(status.accessDenied()).isTrue();
            assertThat(status.message()).isEqualTo("Access denied");
        }
    }

    @Nested
    class Values {
        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "A=S[Work: In Work, Hash Board: 1] PS[0 1],B=2; S[Work: In Work, Hash Board: 1] PS[0 1]",
                    "A=x=y,B=2; x=y",
                    "A=1 ASC(s), 2 pools,B=2; 1 ASC(s), 2 pools",
                    "A=a\\,b\\|c\\=d\\\\e,B=2; a,b|c=d\\e",
                    "A=,B=2; ''",
                })
        void are_kept_whole(String fields, String value) {
            JsonNode section =
                    root(STATUS + "STATS=0," + fields + "|").path("STATS").path(0);

            assertThat(section.path("A").asText()).isEqualTo(value);
            assertThat(section.path("B").asText()).isEqualTo("2");
        }

        @Test
        void with_a_bracket_that_is_never_closed_end_with_their_section() {
            JsonNode root = root(STATUS + "STATS=0,A=x[1,B=2|STATS=1,A=3|");

            assertThat(root.path("STATS").path(1).path("A").asText()).isEqualTo("3");
        }

        @Test
        void past_the_limit_are_refused() {
            assertThat(read(STATUS + "A,B=" + "x".repeat(ReplyReader.MAX_STRING) + "|"))
                    .isInstanceOf(Reply.Value.class);
            assertThat(read(STATUS + "A,B=" + "x".repeat(ReplyReader.MAX_STRING + 1) + "|"))
                    .isInstanceOf(Reply.Unreadable.class);
            assertThat(read(STATUS + "A,B=1".repeat(11_000) + "|")).isInstanceOf(Reply.Unreadable.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"STATUS=S", "STATUS=S,When=1", STATUS + "VERSION,A", STATUS + "VERSION,A=1", STATUS + "VER"})
    void a_reply_that_was_cut_off_is_no_data(String text) {
        assertThat(read(text)).isInstanceOf(Reply.Truncated.class);
    }

    @Property
    void any_text_is_read_without_an_exception(@ForAll("textLike") String text) {
        assertThat(TextReply.read(text, text.length())).isNotNull();
        assertThat(BracketedText.of(text).number("1")).isNotInfinite();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "=", "|", "[", "]", "\\", "a=b,", "x|", "a,", "x[", "x[y]"})
    void a_megabyte_of_anything_is_read_in_linear_time(String piece) {
        String megabyte = TextReply.START + piece.repeat((1 << 20) / piece.length());
        long start = System.nanoTime();
        TextReply.read(megabyte, megabyte.length());
        BracketedText.of(megabyte);

        // quadratic time would be minutes
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Provide
    Arbitrary<String> textLike() {
        return Arbitraries.of("STATUS", "=", ",", "|", "[", "]", "\\", "a", "1", " ", "PS[0 ", "\n", "é")
                .list()
                .ofMaxSize(80)
                .map(parts -> String.join("", parts));
    }
}
