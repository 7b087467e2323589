package io.minerops.core.device.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.core.device.internal.reading.Replies;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
    @Nested
    class EndOfAReply {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\'',
                value = {
                    "{\"a\":1}|7",
                    "{\"a\":1}garbage|7",
                    "[1]  |3",
                    "{\"a\":\"}\"}|9",
                    "{\"a\":\"\\\"}\"}|11",
                    ",\"a\":1}|7",
                    "{\"a\":1|-1",
                    "{\"a\":\"x}|-1",
                })
        void is_where_the_value_closes(String text, int end) {
            byte[] bytes = Replies.bytes(text);

            assertThat(new CgminerFraming().scan(bytes, 0, bytes.length)).isEqualTo(end);
        }

        @Test
        void is_the_first_nul_outside_of_a_string() {
            byte[] bytes = Replies.bytes("STATUS=S|\0rest");

            assertThat(new CgminerFraming().scan(bytes, 0, bytes.length)).isEqualTo(9);
        }

        @Test
        void is_the_same_however_the_bytes_arrive() {
            byte[] bytes = Replies.bytes("{\"a\":[{\"b\":\"\\\\\"},{}],\"c\":\"}{\"} trailing");
            int whole = new CgminerFraming().scan(bytes, 0, bytes.length);
            CgminerFraming dripping = new CgminerFraming();
            int found = -1;
            for (int index = 0; index < bytes.length && found < 0; index++) {
                found = dripping.scan(bytes, index, index + 1);
            }

            assertThat(found).isEqualTo(whole).isEqualTo(bytes.length - " trailing".length());
        }
    }

    @Nested
    class Reading {
        @Test
        void gives_a_clean_reply_without_repairs() {
            assertThat(ReplyReader.read(Replies.bytes(Replies.summary(1000) + "\0")))
                    .isInstanceOfSatisfying(Reply.Value.class, value -> {
                        assertThat(value.repairs()).isZero();
                        assertThat(value.root()
                                        .path("SUMMARY")
                                        .path(0)
                                        .path("Accepted")
                                        .asInt())
                                .isEqualTo(120);
                    });
        }

        @Test
        void counts_what_it_repaired() {
            assertThat(ReplyReader.read(Replies.bytes("{\"STATS\":[{\"a\":1}{\"b\":nan}],\"id\":1}\"}")))
                    .isInstanceOfSatisfying(
                            Reply.Value.class,
                            value -> assertThat(value.repairs()).isEqualTo(3));
        }

        @Test
        void replaces_bytes_that_are_not_utf_8() {
            byte[] bytes = "{\"a\":\"x\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

            assertThat(ReplyReader.read(bytes))
                    .isInstanceOfSatisfying(
                            Reply.Value.class,
                            value -> assertThat(value.root().path("a").asText()).isEqualTo("x\ufffd"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\0", " \r\n", "{\"a\":", "{\"a\":1,\"b\":\"xyz\0", "{\"a\":[1,2}"})
        void says_that_a_reply_was_cut_off(String text) {
            assertThat(ReplyReader.read(Replies.bytes(text))).isInstanceOf(Reply.Truncated.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", "<html><body>"})
        void knows_a_web_server(String text) {
            assertThat(ReplyReader.read(Replies.bytes(text))).isEqualTo(new Reply.WebServer());
        }

        @ParameterizedTest
        @ValueSource(strings = {"SSH-2.0-dropbear\r\n", "login: \0"})
        void knows_what_is_no_miner(String text) {
            assertThat(ReplyReader.read(Replies.bytes(text))).isInstanceOf(Reply.Foreign.class);
        }

        @Test
        void knows_a_relay_whose_miner_is_down() {
            assertThat(ReplyReader.read(Replies.bytes("Socket connect failed: Connection refused\n")))
                    .isInstanceOf(Reply.Unreachable.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"[1,2]", "{\"a\" 1}", "{\"a\":1]", "{1:2}", "{\"a\":0x1}"})
        void says_what_it_cannot_read(String text) {
            assertThat(ReplyReader.read(Replies.bytes(text))).isInstanceOf(Reply.Unreadable.class);
        }

        @Test
        void refuses_a_string_past_the_limit_and_takes_one_at_it() {
            assertThat(ReplyReader.read(Replies.bytes(withString(ReplyReader.MAX_STRING))))
                    .isInstanceOf(Reply.Value.class);
            assertThat(ReplyReader.read(Replies.bytes(withString(ReplyReader.MAX_STRING + 1))))
                    .isInstanceOf(Reply.Unreadable.class);
        }

        @Test
        void refuses_a_value_nested_too_deep() {
            String nested = "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}";

            assertThat(ReplyReader.read(Replies.bytes(nested))).isInstanceOf(Reply.Unreadable.class);
        }

        @Test
        void refuses_a_number_of_thousands_of_digits() {
            assertThat(ReplyReader.read(Replies.bytes("{\"a\":" + "9".repeat(5_000) + "}")))
                    .isInstanceOf(Reply.Unreadable.class);
        }

        @Test
        void keeps_no_control_characters_of_the_device_in_its_reasons() {
            Reply reply = ReplyReader.read(Replies.bytes("\u001b[2Jgone" + "x".repeat(5_000)));

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            Reply.Foreign.class,
                            foreign -> assertThat(foreign.reason())
                                    .doesNotContain("\u001b")
                                    .hasSizeLessThan(256));
        }

        private String withString(int characters) {
            return "{\"a\":\"" + "x".repeat(characters) + "\"}";
        }
    }

    @Nested
    class Status {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\'',
                value = {
                    "{\"STATUS\":[{\"STATUS\":\"S\",\"Code\":11}]}|false|false",
                    "{\"STATUS\":[{\"STATUS\":\"W\",\"Code\":11}]}|false|false",
                    "{\"STATUS\":[{\"STATUS\":\"E\",\"Code\":14}]}|true|false",
                    "{\"STATUS\":[{\"STATUS\":\"E\",\"Code\":45}]}|true|true",
                    "{\"STATUS\":\"E\",\"Code\":45}|true|true",
                    "{\"STATUS\":\"S\",\"Code\":131,\"Msg\":{\"a\":1}}|false|false",
                    "{\"STATUS\":{\"STATUS\":\"F\",\"Code\":0}}|true|false",
                    "{}|false|false",
                })
        void is_read_from_an_array_an_object_or_a_letter(String json, boolean refused, boolean denied) {
            Reply.Value value = (Reply.Value) ReplyReader.read(Replies.bytes(json));
            ReplyStatus status = ReplyStatus.of(value.root());

            assertThat(status.refused()).isEqualTo(refused);
            assertThat(status.accessDenied()).isEqualTo(denied);
        }
    }
}
