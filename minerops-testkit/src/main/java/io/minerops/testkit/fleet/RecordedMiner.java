package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import io.minerops.testkit.fixture.DeviceDoor;
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
    public Set<DeviceDoor> doorsAtAddress() {
        Set<DeviceDoor> here = EnumSet.noneOf(DeviceDoor.class);
        device.doors().forEach((door, port) -> {
            if (isAtAddress(door, port)) {
                here.add(door);
            }
        });
        return here;
    }

    @Override
    public Map<DeviceDoor, Integer> otherDoors() {
        Map<DeviceDoor, Integer> elsewhere = new EnumMap<>(DeviceDoor.class);
        device.doors().forEach((door, port) -> {
            if (!isAtAddress(door, port)) {
                elsewhere.put(door, port);
            }
        });
        return elsewhere;
    }

    /** The CGMiner API is behind the port of the address; a web server may be. */
    private boolean isAtAddress(DeviceDoor door, int port) {
        return door == DeviceDoor.CGMINER || port == device.port();
    }

    @Override
    public byte[] reply(DeviceDoor door, byte[] request, Instant now, Trouble trouble) {
        return answers.answer(door, request);
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
