package io.minerops.demo;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.ReplyListener;
import io.minerops.testkit.fixture.DeviceEndpoint;
import io.minerops.testkit.fixture.RecordedDevice;
import io.minerops.testkit.fixture.RecordedReading;
import io.minerops.testkit.fixture.RecordedReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Collects the replies of one reading of one device, masked. Called on a thread of the client, read on any. */
final class Recording implements ReplyListener {
    private final UnaryOperator<byte[]> mask;
    private final Map<DeviceEndpoint, Integer> endpoints = new EnumMap<>(DeviceEndpoint.class);
    private final List<RecordedReply> replies = new ArrayList<>();

    /**
     * @param mask takes a reply without its framing and leaves what may be shown to everybody, in the same length
     */
    Recording(UnaryOperator<byte[]> mask) {
        this.mask = mask;
    }

    @Override
    public synchronized void replied(MinerAddress miner, int port, List<Command> commands, byte[] reply) {
        DeviceEndpoint endpoint =
                DeviceEndpoint.valueOf(commands.get(0).endpoint().name());
        List<String> names = commands.stream().map(Command::wireName).toList();
        endpoints.put(endpoint, port);
        replies.removeIf(
                earlier -> earlier.endpoint() == endpoint && earlier.commands().equals(names));
        replies.add(RecordedReply.ofWire(endpoint, names, reply).withBody(mask));
    }

    /**
     * What came; empty where nothing did.
     *
     * @param name what it is to be called
     */
    synchronized Optional<RecordedDevice> device(String name, Instant at, MinerReading reading) {
        return replies.isEmpty()
                ? Optional.empty()
                : Optional.of(new RecordedDevice(
                        name, at, reading.miner().port(), endpoints, replies, RecordedReading.of(reading)));
    }
}
