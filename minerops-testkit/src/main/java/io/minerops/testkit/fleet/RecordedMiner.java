package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import io.minerops.testkit.fixture.DeviceEndpoint;
import io.minerops.testkit.fixture.RecordedDevice;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A miner that says again what a device has said. What it says does not change with time. */
final class RecordedMiner implements FleetMember {
    private final int index;
    private final RecordedDevice device;
    private final RecordedAnswers answers;

    /**
     * @param answers those of the device, which all miners that replay it may share
     */
    RecordedMiner(int index, RecordedDevice device, RecordedAnswers answers) {
        this.index = index;
        this.device = device;
        this.answers = answers;
    }

    RecordedDevice device() {
        return device;
    }

    @Override
    public Set<DeviceEndpoint> endpointsAtAddress() {
        Set<DeviceEndpoint> here = EnumSet.noneOf(DeviceEndpoint.class);
        device.endpoints().forEach((endpoint, port) -> {
            if (isAtAddress(endpoint, port)) {
                here.add(endpoint);
            }
        });
        return here;
    }

    @Override
    public Map<DeviceEndpoint, Integer> otherEndpoints() {
        Map<DeviceEndpoint, Integer> elsewhere = new EnumMap<>(DeviceEndpoint.class);
        device.endpoints().forEach((endpoint, port) -> {
            if (!isAtAddress(endpoint, port)) {
                elsewhere.put(endpoint, port);
            }
        });
        return elsewhere;
    }

    /** The CGMiner API is behind the port of the address; a web server may be. */
    private boolean isAtAddress(DeviceEndpoint endpoint, int port) {
        return endpoint == DeviceEndpoint.CGMINER || port == device.port();
    }

    @Override
    public byte[] reply(DeviceEndpoint endpoint, byte[] request, Instant now, Trouble trouble) {
        return answers.answer(endpoint, request);
    }

    @Override
    public void checkShows(Trouble trouble, List<FleetMember> fleet) {
        if (!trouble.isOfWire() && trouble != Trouble.NONE) {
            throw new InvalidArgumentException(
                    "trouble",
                    trouble + " does not show on miner " + index + ", which replays what " + device.name()
                            + " has said; those of the wire do: " + Trouble.ofWire());
        }
    }
}
