package io.minerops.core.device.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies of web servers and of Whatsminer's third API, in whatever pieces they come. */
class FramingTest {
    private static final String JSON = "{\"a\":1}";
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** What comes of a reply whose connection stays open: what is awaited for ever is cut off where it stands. */
    private static Reply stayingOpen(Framing framing, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int end = framing.scan(bytes, 0, bytes.length);
        return end < 0 ? new Reply.Truncated(-1) : framing.read(bytes, bytes.length);
    }

    private static Reply closed(Framing framing, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        framing.scan(bytes, 0, bytes.length);
        return framing.read(bytes, bytes.length);
    }

    private static void assertHolds(Reply reply, int value) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Value.class,
                        json -> assertThat(json.root().path("a").asInt()).isEqualTo(value));
    }

    private static Reply inPieces(Supplier<Framing> framing, byte[] bytes, int first) {
        Framing dripping = framing.get();
        int from = 0;
        for (int to = Math.min(first, bytes.length); to <= bytes.length; to++) {
            if (dripping.scan(Arrays.copyOf(bytes, Math.max(to * 2, 64)), from, to) >= 0) {
                return dripping.read(Arrays.copyOf(bytes, to), to);
            }
            from = to;
        }
        return dripping.read(bytes, bytes.length);
    }

    @Nested
    class OfAWebServer {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n" + JSON,
                    "HTTP/1.0 200 OK\r\ncontent-length:7 \r\nServer: x\r\n\r\n" + JSON + "and more",
                    CHUNKED + "7\r\n" + JSON + "\r\n0\r\n\r\n",
                    CHUNKED + "3;x=y\r\n{\"a\r\n4\r\n\":1}\r\n0\r\nTrailer: x\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: Chunked\r\n\r\n7\r\n" + JSON
                            + "\r\n0\r\n\r\n",
                })
        void the_end_is_known_without_waiting_for_the_connection_to_close(String reply) {
            assertHolds(stayingOpen(new HttpFraming(), reply), 1);
        }

        @Test
        void without_a_length_the_body_ends_with_the_connection() {
            String reply = "HTTP/1.0 200 OK\r\n\r\n" + JSON;

            assertThat(stayingOpen(new HttpFraming(), reply)).isEqualTo(new Reply.Truncated(-1));
            assertHolds(closed(new HttpFraming(), reply), 1);
        }

        @ParameterizedTest
        @CsvSource({"404, Unknown", "500, Unknown", "302, Unknown", "401, Denied", "403, Denied", "204, Truncated"})
        void the_status_is_reported_without_the_body(int status, String kind) {
            Reply reply = stayingOpen(new HttpFraming(), "HTTP/1.1 " + status + " x\r\nContent-Length: 99\r\n\r\n");

            assertThat(reply.getClass().getSimpleName()).isEqualTo(kind);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "HTTP/1.1 200 OK\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n" + JSON,
                    CHUNKED + "7\r\n" + JSON + "\r\n",
                    CHUNKED + "8\r\n" + JSON,
                })
        void a_body_that_was_cut_off_is_no_data(String reply) {
            assertThat(closed(new HttpFraming(), reply)).isInstanceOf(Reply.Truncated.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SSH-2.0-x\r\n",
                    JSON,
                    "HTTP/1.1 2x0 OK\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                    CHUNKED + "zz\r\n",
                    CHUNKED + "fffffffff\r\n",
                    CHUNKED + "0000000000000000000000000000000000000000000000000000000000000000000",
                })
        void what_is_no_http_is_reported_at_once(String reply) {
            assertThat(stayingOpen(new HttpFraming(), reply)).isInstanceOf(Reply.Foreign.class);
        }

        @Test
        void a_header_without_end_is_cut_off() {
            String endless = "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(4_000);

            assertThat(stayingOpen(new HttpFraming(), endless)).isInstanceOf(Reply.Foreign.class);
        }
    }

    @Nested
    class OfALength {
        private static String framed(int length, String text) {
            return new String(LengthFraming.header(length), StandardCharsets.ISO_8859_1) + text;
        }

        @Test
        void the_end_is_known_without_waiting_for_the_connection_to_close() {
            assertHolds(stayingOpen(new LengthFraming(1000), framed(7, JSON + "more")), 1);
        }

        @ParameterizedTest
        @ValueSource(ints = {997, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
        void a_length_past_the_limit_is_refused_before_anything_is_set_aside_for_it(int length) {
            assertThat(stayingOpen(new LengthFraming(1000), framed(length, ""))).isEqualTo(new Reply.Oversized(1000));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 3, 10})
        void what_was_cut_off_is_no_data(int bytes) {
            assertThat(closed(new LengthFraming(1000), framed(7, JSON).substring(0, bytes)))
                    .isEqualTo(new Reply.Truncated(bytes));
        }

        @Test
        void a_web_server_is_known() {
            assertThat(closed(new LengthFraming(1 << 20), "HTTP/1.1 400 Bad Request\r\n\r\n"))
                    .isInstanceOfAny(Reply.WebServer.class, Reply.Oversized.class);
        }
    }

    @Property(tries = 200)
    void the_pieces_in_which_a_reply_comes_do_not_matter(@ForAll @IntRange(min = 1, max = 120) int first) {
        byte[] chunked = (CHUNKED + "3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] counted = ("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n" + JSON).getBytes(StandardCharsets.ISO_8859_1);

        assertHolds(inPieces(HttpFraming::new, chunked, first), 1);
        assertHolds(inPieces(HttpFraming::new, counted, first), 1);
    }

    @Property
    void any_bytes_are_read_without_an_exception(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 60) int first) {
        assertThat(inPieces(HttpFraming::new, bytes, first)).isNotNull();
        assertThat(inPieces(() -> new LengthFraming(1000), bytes, first)).isNotNull();
        byte[] body = new byte[bytes.length + CHUNKED.length()];
        System.arraycopy(CHUNKED.getBytes(StandardCharsets.ISO_8859_1), 0, body, 0, CHUNKED.length());
        System.arraycopy(bytes, 0, body, CHUNKED.length(), bytes.length);
        assertThat(inPieces(HttpFraming::new, body, first)).isNotNull();
    }
}
