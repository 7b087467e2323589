package io.minerops.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.testkit.fixture.DeviceEndpoint;
import io.minerops.testkit.fixture.RecordedDevice;
import io.minerops.testkit.fixture.RecordedReply;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.fleet.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How a reading ends for each trouble that the simulator can put on the wire, at each kind of endpoint. */
@Timeout(60)
class HostileMinersTest extends LoopbackMiners {
    private static final int MAX_REPLY_BYTES = 100_000;
    private static final Duration EXCHANGE = Duration.ofMillis(600);

    private static final String AXEOS = "{\"power\":15.2,\"temp\":55.5,\"hashRate\":1200.5,\"uptimeSeconds\":3600,"
            + "\"ASICModel\":\"BM1370\",\"version\":\"v2.6.0\",\"fanrpm\":4100,\"sharesAccepted\":7,"
            + "\"sharesRejected\":0,\"hostname\":\"bitaxe\",\"boardVersion\":\"601\"}";
    private static final String WHATSMINER = "{\"code\":0,\"when\":1,\"msg\":{\"miner\":{\"type\":\"M60S_VK40\"}}}";

    private final FleetSimulator fleet = opened(FleetSimulator.builder()
            .miners(2)
            .models(Model.S21_VNISH)
            .replay(device(DeviceEndpoint.WEB, "/api/system/info", AXEOS))
            .replay(device(DeviceEndpoint.WHATSMINER, "get.device.info", WHATSMINER))
            .build());

    HostileMinersTest() {
        fleet.start();
    }

    private static RecordedDevice device(DeviceEndpoint endpoint, String command, String body) {
        return new RecordedDevice(
                command,
                null,
                4028,
                Map.of(endpoint, endpoint.usualPort()),
                List.of(RecordedReply.ofBody(endpoint, List.of(command), Replies.bytes(body))),
                null);
    }

    private CgminerClient reader(Duration exchange) {
        return opened(CgminerClient.builder()
                .maxReplyBytes(MAX_REPLY_BYTES)
                .exchangeTimeout(exchange)
                .webPort(port(2, DeviceEndpoint.WEB))
                .whatsminerPort(port(3, DeviceEndpoint.WHATSMINER))
                .auradinePort(1)
                .build());
    }

    private int port(int miner, DeviceEndpoint endpoint) {
        return Objects.requireNonNull(fleet.endpoints(miner).get(endpoint)).port();
    }

    /** What is to end by itself has all the time that a loaded machine may need. */
    private static Duration timeouts(Trouble trouble) {
        return trouble == Trouble.SILENT || trouble == Trouble.SLOW_DRIP ? EXCHANGE : AMPLE;
    }

    private MinerReading readOf(int miner, Trouble trouble) {
        return read(reader(timeouts(trouble)), fleet.addresses().get(miner), AMPLE);
    }

    @ParameterizedTest
    @CsvSource({
        "GARBAGE, NotAMiner",
        "HALF_REPLY, Partial",
        "SLOW_DRIP, TimedOut",
        "ENDLESS, TooLarge",
        "DEEP_NESTING, Malformed",
        "RESET, Disconnected",
        "HTTP_SERVER, NotAMiner",
        "TLS_SERVER, NotAMiner",
        "TWO_REPLIES, Ok",
        "SILENT, TimedOut",
        "GONE, Refused"
    })
    void a_trouble_of_the_wire_ends_the_reading_as_its_own_kind_and_no_other(Trouble trouble, String kind) {
        fleet.trouble(0, trouble);
        // where the address refuses, the other endpoints are tried: they must be closed
        CgminerClient reader = opened(clientOfLoopback()
                .maxReplyBytes(MAX_REPLY_BYTES)
                .exchangeTimeout(timeouts(trouble))
                .build());

        MinerReading reading = read(reader, fleet.addresses().get(0), AMPLE);

        assertThat(reading.getClass().getSimpleName()).as(reading.describe()).isEqualTo(kind);
        ok(read(client, fleet.addresses().get(1), AMPLE));
    }

    @Test
    void two_replies_count_as_the_first_of_them() {
        MinerReading.Ok well = ok(read(client, fleet.addresses().get(0), AMPLE));
        fleet.trouble(0, Trouble.TWO_REPLIES);

        MinerReading.Ok twice = ok(read(client, fleet.addresses().get(0), AMPLE));

        assertThat(twice.identity()).isEqualTo(well.identity());
        assertThat(twice.repairs()).isGreaterThan(well.repairs());
    }

    @Test
    void a_slow_drip_is_cut_off_while_it_is_read() {
        fleet.trouble(0, Trouble.SLOW_DRIP);
        long start = System.nanoTime();

        assertThat(readOf(0, Trouble.SLOW_DRIP).step()).isEqualTo(Phase.READ);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(EXCHANGE, EXCHANGE.plus(SLACK));
    }

    static Stream<Trouble> troublesThatEndAReading() {
        return Trouble.ofWire().stream().filter(trouble -> trouble != Trouble.TWO_REPLIES);
    }

    @ParameterizedTest
    @MethodSource("troublesThatEndAReading")
    void a_trouble_at_a_web_server_or_a_whatsminer_ends_the_reading_without_data(Trouble trouble) {
        for (int miner : new int[] {2, 3}) {
            fleet.trouble(miner, trouble);

            MinerReading reading = readOf(miner, trouble);

            assertThat(reading).as(reading.describe()).isNotInstanceOf(MinerReading.Ok.class);
            assertThat(reading.describe()).isNotBlank();
        }
        ok(read(client, fleet.addresses().get(1), AMPLE));
    }
}
