package io.minerops.core.device.internal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.CgminerClient;
import io.minerops.core.device.LoopbackMiners;
import io.minerops.core.device.internal.vendor.Families;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.internal.wire.ReplyReader;
import io.minerops.core.device.reply.Command;
import io.minerops.testkit.fixture.DeviceEndpoint;
import io.minerops.testkit.fixture.RecordedDevice;
import io.minerops.testkit.fixture.RecordedReply;
import io.minerops.testkit.fleet.FleetSimulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** All captured devices, kept outside of the repository, replayed over real sockets and read by the client. */
@Timeout(120)
@EnabledIfEnvironmentVariable(named = "MINEROPS_FIXTURES", matches = ".+")
class CaptureReplayTest extends LoopbackMiners {
    private static final int WEB_PORT = 18_080;
    private static final int WHATSMINER_PORT = 14_433;
    private static final int AURADINE_PORT = 18_081;

    private static final String REFUSED =
            "{\"STATUS\":[{\"STATUS\":\"E\",\"Code\":14,\"Msg\":\"Invalid command\"}],\"id\":1}";
    private static final String REFUSED_IN_TEXT = "STATUS=E,When=0,Code=14,Msg=Invalid command,Description=cgminer|";
    private static final String REFUSED_BY_WHATSMINER = "{\"code\":-2,\"msg\":\"invalid command\"}";

    @Test
    void what_comes_over_sockets_is_what_the_replies_give_when_they_are_read_directly() {
        List<RecordedDevice> devices = RecordedDevice.loadAll(
                Path.of(System.getenv("MINEROPS_FIXTURES")).resolve("devices"));
        FleetSimulator.Builder builder = FleetSimulator.builder()
                .miners(0)
                .onAddresses("127.31.0.1", 4028)
                .endpointPort(DeviceEndpoint.WEB, WEB_PORT)
                .endpointPort(DeviceEndpoint.WHATSMINER, WHATSMINER_PORT)
                .endpointPort(DeviceEndpoint.AURADINE, AURADINE_PORT);
        devices.forEach(builder::replay);
        FleetSimulator fleet = opened(builder.build());
        fleet.start();
        CgminerClient reader = opened(CgminerClient.builder()
                .clock(InstantSource.fixed(Replies.NOW))
                .webPort(WEB_PORT)
                .whatsminerPort(WHATSMINER_PORT)
                .auradinePort(AURADINE_PORT)
                .build());

        Map<String, MinerReading> overSockets = new LinkedHashMap<>();
        SoftAssertions softly = new SoftAssertions();
        for (int index = 0; index < devices.size(); index++) {
            RecordedDevice device = devices.get(index);
            MinerAddress address = fleet.addresses().get(index);
            MinerReading reading = read(reader, address, AMPLE);
            overSockets.put(device.name(), reading);
            softly.assertThat(reading).as(device.name()).isEqualTo(directly(device, address));
        }
        softly.assertAll();
        assertThat(overSockets).hasSameSizeAs(devices);
        assertThat(overSockets.values()).hasAtLeastOneElementOfType(MinerReading.Ok.class);
    }

    private static MinerReading directly(RecordedDevice device, MinerAddress miner) {
        ReadingPlan plan = new ReadingPlan(miner, DeviceProfile.UNKNOWN, Families.STANDARD);
        for (List<Command> next = plan.next(); !next.isEmpty(); next = plan.next()) {
            plan.take(outcome(device, next, plan.webHere()));
        }
        return plan.conclude(Replies.NOW, null);
    }

    private static Outcome outcome(RecordedDevice device, List<Command> commands, boolean webHere) {
        DeviceEndpoint endpoint =
                DeviceEndpoint.valueOf(commands.get(0).endpoint().name());
        Integer port = device.endpoints().get(endpoint);
        boolean webAtAddress = device.endpoints().getOrDefault(DeviceEndpoint.WEB, 0) == device.port();
        if (endpoint == DeviceEndpoint.CGMINER && webAtAddress) {
            return new Outcome.Replied(new Reply.WebServer());
        } else if (port == null || (endpoint == DeviceEndpoint.WEB && webHere != webAtAddress)) {
            return new Outcome.Unconnected("Connection refused");
        } else if (endpoint == DeviceEndpoint.CGMINER) {
            return Replies.replied(commands.size() > 1 ? several(device) : single(device, commands.get(0)));
        }
        return device.reply(endpoint, commands.get(0).wireName())
                .map(reply -> new Outcome.Replied(ReplyReader.json(reply.body(), 0, reply.body().length)))
                .orElseGet(() -> new Outcome.Replied(
                        endpoint == DeviceEndpoint.WHATSMINER
                                ? ReplyReader.json(
                                        Replies.bytes(REFUSED_BY_WHATSMINER), 0, REFUSED_BY_WHATSMINER.length())
                                : new Reply.Unknown("HTTP status 404")));
    }

    private static byte[] single(RecordedDevice device, Command command) {
        return device.reply(DeviceEndpoint.CGMINER, command.wireName())
                .map(RecordedReply::body)
                .orElseGet(() -> refusal(device));
    }

    /** The one reply to several commands that was captured, good or bad. */
    private static byte[] several(RecordedDevice device) {
        return device.replies().stream()
                .filter(reply -> reply.commands().size() > 1)
                .map(RecordedReply::body)
                .findFirst()
                .orElseGet(() -> refusal(device));
    }

    private static byte[] refusal(RecordedDevice device) {
        boolean text = device.replies().stream()
                .allMatch(reply -> new String(reply.body(), StandardCharsets.UTF_8).startsWith("STATUS="));
        return Replies.bytes(text ? REFUSED_IN_TEXT : REFUSED);
    }
}
