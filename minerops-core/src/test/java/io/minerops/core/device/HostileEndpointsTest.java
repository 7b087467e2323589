package io.minerops.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.vendor.AxeosFamilyTest;
import io.minerops.core.device.internal.wire.LengthFraming;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replies that are meant to harm, at the web port, at that of Whatsminer's third API and at Auradine's. */
@Timeout(60)
class HostileEndpointsTest extends LoopbackMiners {
    private static final int MAX_REPLY_BYTES = 200_000;
    private static final Duration EXCHANGE = Duration.ofMillis(700);
    /** No device listens there: the CGMiner port of a device that has none. */
    private static final MinerAddress SHUT = new MinerAddress("127.0.0.1", 1);

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String DEEP = "[".repeat(50_000) + "]".repeat(50_000);
    private static final byte[] ZEROS = new byte[4];

    /** What a device sends: first this, and then that for as long as the connection stands. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Hostile(byte[] first, byte[] again, long pauseMillis) {
        static Hostile once(byte[] bytes) {
            return new Hostile(bytes, new byte[0], 0);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] withLength(long length, String body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(LengthFraming.header((int) length));
        bytes.writeBytes(ascii(body));
        return bytes.toByteArray();
    }

    private static byte[] compressed(String body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ascii(OK + "Content-Encoding: gzip\r\n\r\n"));
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(ascii(body));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static Arguments of(String name, Hostile hostile, Class<? extends MinerReading> kind) {
        return Arguments.of(name, hostile, kind);
    }

    private static Stream<Arguments> web() {
        return Stream.of(
                of(
                        "no end of headers",
                        new Hostile(ascii(OK), ascii("X-A: b\r\n".repeat(500)), 0),
                        MinerReading.NotAMiner.class),
                of(
                        "one header without end",
                        new Hostile(ascii(OK + "X: "), ascii("a".repeat(5_000)), 0),
                        MinerReading.NotAMiner.class),
                of(
                        "a negative length",
                        Hostile.once(ascii(OK + "Content-Length: -1\r\n\r\n{}")),
                        MinerReading.NotAMiner.class),
                of(
                        "a length of words",
                        Hostile.once(ascii(OK + "Content-Length: ten\r\n\r\n{}")),
                        MinerReading.NotAMiner.class),
                of(
                        "a length past 64 bits",
                        Hostile.once(ascii(OK + "Content-Length: 99999999999999999999\r\n\r\n{}")),
                        MinerReading.NotAMiner.class),
                of(
                        "a huge length and little",
                        Hostile.once(ascii(OK + "Content-Length: 9999999999\r\n\r\n{}")),
                        MinerReading.Partial.class),
                of(
                        "a huge length and no end",
                        new Hostile(ascii(OK + "Content-Length: 9999999999\r\n\r\n["), ascii("1,".repeat(9_999)), 0),
                        MinerReading.TooLarge.class),
                of(
                        "a body without end",
                        new Hostile(ascii(OK + "\r\n["), ascii("{\"a\":1},".repeat(2_000)), 0),
                        MinerReading.TooLarge.class),
                of(
                        "chunks of one byte without end",
                        new Hostile(ascii(CHUNKED), ascii("1\r\n \r\n".repeat(2_000)), 0),
                        MinerReading.TooLarge.class),
                of(
                        "a chunk as long as an int",
                        Hostile.once(ascii(CHUNKED + "FFFFFFF\r\n{}")),
                        MinerReading.Partial.class),
                of(
                        "a chunk longer than an int",
                        Hostile.once(ascii(CHUNKED + "FFFFFFFF\r\n{}")),
                        MinerReading.NotAMiner.class),
                of(
                        "a chunk of negative length",
                        Hostile.once(ascii(CHUNKED + "-1\r\n{}")),
                        MinerReading.NotAMiner.class),
                of(
                        "a chunk size without end",
                        Hostile.once(ascii(CHUNKED + "0".repeat(500))),
                        MinerReading.NotAMiner.class),
                of("deep nesting", Hostile.once(ascii(OK + "\r\n" + DEEP)), MinerReading.Malformed.class),
                of("a compressed body", Hostile.once(compressed("{\"hashRate\":1}")), MinerReading.Malformed.class),
                of("drops of a header", new Hostile(ascii("HTTP/1.1 "), ascii("2"), 50), MinerReading.TimedOut.class),
                of("drops of a body", new Hostile(ascii(OK + "\r\n["), ascii(" "), 50), MinerReading.TimedOut.class),
                of(
                        "drops of chunks",
                        new Hostile(ascii(CHUNKED), ascii("1\r\n \r\n"), 50),
                        MinerReading.TimedOut.class));
    }

    private static Stream<Arguments> whatsminer() {
        return Stream.of(
                of(
                        "a negative length",
                        new Hostile(withLength(-1, "{"), ascii("\"a\":1,".repeat(2_000)), 0),
                        MinerReading.TooLarge.class),
                of("the least length", Hostile.once(withLength(Integer.MIN_VALUE, "{}")), MinerReading.TooLarge.class),
                of(
                        "the greatest length",
                        Hostile.once(withLength(Integer.MAX_VALUE, "{}")),
                        MinerReading.TooLarge.class),
                of(
                        "one past the limit",
                        Hostile.once(withLength(MAX_REPLY_BYTES - 3, "{}")),
                        MinerReading.TooLarge.class),
                of("a length of nothing", Hostile.once(ZEROS), MinerReading.Partial.class),
                of("half a length", Hostile.once(new byte[2]), MinerReading.Partial.class),
                of(
                        "more length than bytes",
                        Hostile.once(withLength(5_000, "{\"code\":0")),
                        MinerReading.Partial.class),
                of("deep nesting", Hostile.once(withLength(DEEP.length(), DEEP)), MinerReading.Malformed.class),
                of("no JSON", Hostile.once(withLength(4, "\u0001\u0002\u0003\u0004")), MinerReading.Partial.class),
                of("drops of a length", new Hostile(new byte[] {1}, new byte[0], 50), MinerReading.TimedOut.class),
                of(
                        "drops of a body",
                        new Hostile(withLength(100_000, "{"), ascii(" "), 50),
                        MinerReading.TimedOut.class));
    }

    /** A device that replies well until it is switched off. */
    private FakeMiner serving(byte[] well, Hostile hostile, AtomicBoolean harms) {
        CountDownLatch never = new CountDownLatch(1);
        return miner((command, socket, out) -> {
            if (!harms.get()) {
                out.write(well);
                return;
            }
            out.write(hostile.first());
            while ((hostile.again().length > 0 || hostile.pauseMillis() > 0)
                    && !awaited(never, hostile.pauseMillis())) {
                out.write(hostile.again());
            }
        });
    }

    private void assertEnds(
            byte[] reply,
            Hostile hostile,
            BiFunction<CgminerClient.Builder, Integer, CgminerClient.Builder> port,
            Class<? extends MinerReading> kind) {
        AtomicBoolean harms = new AtomicBoolean();
        FakeMiner device = serving(reply, hostile, harms);
        FakeMiner well = opened(FakeMiner.answering(ANTMINER, true));
        CgminerClient reader =
                opened(port.apply(clientOfLoopback(), device.address().port())
                        .maxReplyBytes(MAX_REPLY_BYTES)
                        .exchangeTimeout(EXCHANGE)
                        .build());
        ok(read(reader, SHUT, AMPLE));
        harms.set(true);
        CompletableFuture<MinerReading> hostileReading =
                reader.read(SHUT, AMPLE).toCompletableFuture();

        ok(read(reader, well.address(), AMPLE));

        MinerReading reading = hostileReading.join();
        assertThat(reading).as(reading.describe()).isInstanceOf(kind);
        assertThat(reading.describe()).hasSizeLessThan(300);
        ok(read(reader, well.address(), AMPLE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("web")
    void a_reply_at_the_web_port_ends_as_its_own_kind(
            String name, Hostile hostile, Class<? extends MinerReading> kind) {
        assertEnds(ascii(OK + "\r\n" + AxeosFamilyTest.INFO), hostile, CgminerClient.Builder::webPort, kind);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatsminer")
    void a_reply_at_the_port_of_a_whatsminer_ends_as_its_own_kind(
            String name, Hostile hostile, Class<? extends MinerReading> kind) {
        String reply = "{\"code\":0,\"when\":1,\"msg\":{\"miner\":{\"type\":\"M60S_VK40\",\"working\":\"true\"},"
                + "\"summary\":{\"elapsed\":50000,\"hash-average\":170.0,\"hash-realtime\":171.0}}}";

        assertEnds(withLength(reply.length(), reply), hostile, CgminerClient.Builder::whatsminerPort, kind);
    }

    private static Arguments plain(String name, Hostile hostile) {
        return Arguments.of(name, hostile);
    }

    private static Stream<Arguments> auradine() {
        return Stream.of(
                plain("drops of a body", new Hostile(ascii(OK + "\r\n{"), ascii(" "), 50)),
                plain("a body without end", new Hostile(ascii(OK + "\r\n["), ascii("{\"a\":1},".repeat(2_000)), 0)),
                plain(
                        "a body past the limit",
                        Hostile.once(ascii(OK + "\r\n{\"a\":\"" + "b".repeat(MAX_REPLY_BYTES) + "\"}"))),
                plain("garbage", Hostile.once(new byte[] {0, 1, 2, (byte) 0xff, 3})),
                plain("a negative length", Hostile.once(ascii(OK + "Content-Length: -1\r\n\r\n{}"))),
                plain("a huge length and little", Hostile.once(ascii(OK + "Content-Length: 9999999999\r\n\r\n{}"))),
                plain("a redirect", Hostile.once(ascii("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n"))),
                plain("an early end", Hostile.once(ascii(OK + "Content-Le"))),
                plain("deep nesting", Hostile.once(ascii(OK + "\r\n" + DEEP))));
    }

    /** The readings come over the CGMiner port and stand; what the second web server does costs only what it adds. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("auradine")
    void a_reply_at_the_port_of_an_auradine_costs_only_what_it_would_have_added(String name, Hostile hostile) {
        FakeMiner web = serving(new byte[0], hostile, new AtomicBoolean(true));
        FakeMiner device = opened(FakeMiner.answering(
                Map.of(
                        "version",
                        Replies.section("VERSION", "{\"FluxOS\":\"1.0\"}"),
                        "summary",
                        Replies.summary(95_000)),
                false));
        FakeMiner well = opened(FakeMiner.answering(ANTMINER, true));
        CgminerClient reader = opened(clientOfLoopback()
                .auradinePort(web.address().port())
                .maxReplyBytes(MAX_REPLY_BYTES)
                .exchangeTimeout(EXCHANGE)
                .build());
        CompletableFuture<MinerReading> hostileReading =
                reader.read(device.address(), AMPLE).toCompletableFuture();

        ok(read(reader, well.address(), AMPLE));

        MinerReading.Ok reading = ok(hostileReading.join());
        assertThat(reading.identity().vendor()).isEqualTo("Auradine");
        assertThat(reading.missing()).contains("/ipreport");
        assertThat(web.commands()).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("web")
    void a_reply_at_the_web_port_of_an_unknown_device_is_reported_and_not_the_shut_port_before_it(
            String name, Hostile hostile, Class<? extends MinerReading> kind) {
        FakeMiner device = serving(new byte[0], hostile, new AtomicBoolean(true));
        CgminerClient reader = opened(clientOfLoopback()
                .webPort(device.address().port())
                .maxReplyBytes(MAX_REPLY_BYTES)
                .exchangeTimeout(EXCHANGE)
                .build());

        MinerReading reading = read(reader, SHUT, AMPLE);

        // that no miner answers at the web port is no failure of the web port: the shut port is
        Class<? extends MinerReading> expected =
                kind == MinerReading.NotAMiner.class ? MinerReading.Refused.class : kind;
        assertThat(reading).as(reading.describe()).isInstanceOf(expected);
    }
}
