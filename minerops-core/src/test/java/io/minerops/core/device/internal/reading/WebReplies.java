package io.minerops.core.device.internal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.internal.wire.ReplyReader;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.Endpoint;
import java.util.Map;

/** What a device comes to whose web server gives these replies, without sockets. */
public final class WebReplies {
    private WebReplies() {}

    /** The outcome of one request to a web server with these replies. */
    public static Outcome answer(Map<Command, String> replies, Command command) {
        String reply = replies.get(command);
        return new Outcome.Replied(
                reply == null
                        ? new Reply.Unknown("HTTP status 404")
                        : ReplyReader.json(Replies.bytes(reply), 0, Replies.bytes(reply).length));
    }

    /** Of a device whose CGMiner port is shut. */
    public static MinerReading.Ok read(Map<Command, String> replies) {
        return ok(Replies.read(
                DeviceProfile.UNKNOWN,
                commands -> commands.get(0).endpoint() == Endpoint.WEB
                        ? answer(replies, commands.get(0))
                        : new Outcome.Unconnected("Connection refused")));
    }

    /** Of a device that has its web server on the CGMiner port. */
    public static MinerReading.Ok readHere(Map<Command, String> replies) {
        return ok(Replies.read(
                DeviceProfile.UNKNOWN,
                commands -> commands.get(0).endpoint() == Endpoint.WEB
                        ? answer(replies, commands.get(0))
                        : new Outcome.Replied(new Reply.WebServer())));
    }

    public static MinerReading.Ok ok(MinerReading reading) {
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }
}
