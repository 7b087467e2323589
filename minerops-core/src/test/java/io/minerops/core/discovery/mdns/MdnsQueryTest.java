package io.minerops.core.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.discovery.mdns.MdnsQuery.Announcement;
import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The question over real datagrams on loopback, and what hostile replies come to. */
class MdnsQueryTest {
    private static final String SERVICE = "_http._tcp.local";
    private static final String BITAXE = "Bitaxe Gamma";

    /** Writes a reply as responders do, with names that point back. */
    private static final class ReplyBytes {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int records;

        ReplyBytes() {
            bytes.writeBytes(new byte[] {0, 0, (byte) 0x84, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        }

        ReplyBytes record(byte[] owner, int type, byte[] data) {
            bytes.writeBytes(owner);
            bytes.writeBytes(new byte[] {0, (byte) type, (byte) 0x80, 1, 0, 0, 0, 120});
            bytes.writeBytes(new byte[] {(byte) (data.length >> 8), (byte) data.length});
            bytes.writeBytes(data);
            records++;
            return this;
        }

        byte[] done() {
            byte[] all = bytes.toByteArray();
            all[7] = (byte) records;
            return all;
        }
    }

    private static byte[] name(String dotted) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String label : dotted.split("\\.", -1)) {
            byte[] text = label.getBytes(StandardCharsets.UTF_8);
            bytes.write(text.length);
            bytes.writeBytes(text);
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    private static byte[] bitaxe() {
        // the service's name stands at 12, right after the header
        byte[] instance =
                joined(new byte[] {(byte) BITAXE.length()}, BITAXE.getBytes(StandardCharsets.UTF_8), new byte[] {
                    (byte) 0xC0, 12
                });
        return new ReplyBytes()
                .record(name(SERVICE), 12, instance)
                .record(name(BITAXE + "." + SERVICE), 33, joined(new byte[] {0, 0, 0, 0, 0, 80}, name("bitaxe.local")))
                .record(name(BITAXE + "." + SERVICE), 16, new byte[] {0})
                .record(name("bitaxe.local"), 1, new byte[] {10, 0, 0, 77})
                .done();
    }

    private static List<Announcement> read(byte[] reply) {
        return MdnsMessage.announcements(ByteBuffer.wrap(reply), SERVICE, "10.0.0.9");
    }

    @Test
    @Timeout(30)
    void who_answers_is_found_by_name_and_address() throws Exception {
        try (DatagramSocket responder = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> queried = CompletableFuture.supplyAsync(() -> answerOnce(responder));

            List<Announcement> found = MdnsQuery.to((InetSocketAddress) responder.getLocalSocketAddress())
                    .exchange(Duration.ofMillis(500));

            assertThat(found).containsExactly(new Announcement(BITAXE, "10.0.0.77"));
            assertThat(queried.get(10, TimeUnit.SECONDS)).isEqualTo(MdnsMessage.query(SERVICE));
        }
    }

    private static byte[] answerOnce(DatagramSocket responder) {
        try {
            DatagramPacket query = new DatagramPacket(new byte[512], 512);
            responder.receive(query);
            for (byte[] reply : List.of(new byte[] {1, 2, 3}, bitaxe(), bitaxe())) {
                responder.send(new DatagramPacket(reply, reply.length, query.getSocketAddress()));
            }
            return Arrays.copyOf(query.getData(), query.getLength());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void the_question_is_that_of_rfc_1035() {
        assertThat(MdnsMessage.query("_http._tcp.local"))
                .isEqualTo(joined(
                        new byte[] {0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0}, name(SERVICE), new byte[] {0, 12, 0, 1}));
    }

    @Test
    void a_device_that_does_not_say_its_address_has_the_senders() {
        byte[] reply = new ReplyBytes()
                .record(name(SERVICE), 12, name("axe." + SERVICE))
                .done();

        assertThat(read(reply)).containsExactly(new Announcement("axe", "10.0.0.9"));
    }

    @Test
    void other_services_are_passed_over() {
        byte[] reply = new ReplyBytes()
                .record(name("_ipp._tcp.local"), 12, name("printer._ipp._tcp.local"))
                .done();

        assertThat(read(reply)).isEmpty();
    }

    @Test
    void a_query_of_another_host_is_no_response() {
        assertThat(read(MdnsMessage.query(SERVICE))).isEmpty();
    }

    @Test
    @Timeout(10)
    void a_name_that_points_at_itself_or_forward_says_nothing() {
        byte[] toItself = new ReplyBytes()
                .record(new byte[] {(byte) 0xC0, 12}, 12, name("axe." + SERVICE))
                .done();
        byte[] forward = new ReplyBytes()
                .record(new byte[] {(byte) 0xC0, 14}, 12, name("axe." + SERVICE))
                .done();

        assertThat(read(toItself)).isEmpty();
        assertThat(read(forward)).isEmpty();
    }

    @Test
    void control_characters_of_a_name_are_not_handed_on() {
        byte[] reply = new ReplyBytes()
                .record(name(SERVICE), 12, name("a\u001b[31mxe." + SERVICE))
                .done();

        assertThat(read(reply)).extracting(Announcement::name).containsExactly("a?[31mxe");
    }

    @Property(tries = 2_000)
    void any_bytes_are_read_without_a_fault(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(read(bytes)).isNotNull();
    }

    @Property(tries = 2_000)
    void a_reply_with_wrong_bytes_is_read_without_a_fault(
            @ForAll @IntRange(min = 0, max = 119) int place,
            @ForAll byte wrong,
            @ForAll @IntRange(max = 150) int length) {
        byte[] reply = bitaxe();
        reply[place % reply.length] = wrong;

        assertThat(read(Arrays.copyOf(reply, Math.min(length, reply.length)))).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void announced_devices_are_queried_too_inside_the_site() {
        MinerRange range = MdnsQuery.widened(
                MinerRange.parse("10.0.0.1"),
                List.of(
                        new Announcement("axe", "10.0.0.77"),
                        new Announcement("same", "10.0.0.1"),
                        new Announcement("elsewhere", "8.8.8.8")),
                4028);

        assertThat(range.addresses()).containsExactly(MinerAddress.of("10.0.0.1"), MinerAddress.of("10.0.0.77"));
    }

    @Test
    void listening_for_no_time_is_refused() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> MdnsQuery.toLocalNetworks().exchange(Duration.ZERO))
                .withMessageContaining("listening");
    }
}
