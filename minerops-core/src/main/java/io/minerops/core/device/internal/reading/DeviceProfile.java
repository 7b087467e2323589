package io.minerops.core.device.internal.reading;

import io.minerops.core.device.internal.reading.Route.OtherDoors;
import io.minerops.core.device.reply.Command;
import java.util.List;
import java.util.Set;

/**
 * How one device is to be asked.
 *
 * @param joining whether several commands may go in one request
 * @param commands what is worth asking
 * @param refused what the device does not know or does not tell us
 * @param otherDoors what is known of the doors beside the CGMiner port
 */
public record DeviceProfile(Joining joining, List<Command> commands, Set<Command> refused, OtherDoors otherDoors) {
    /** What is assumed of a device that is not known. */
    public static final DeviceProfile UNKNOWN =
            new DeviceProfile(Joining.UNPROVEN, Command.BASIC, Set.of(), OtherDoors.UNTRIED);

    public DeviceProfile {
        commands = List.copyOf(commands);
        refused = Set.copyOf(refused);
    }

    /** One that takes CGMiner commands. */
    public static DeviceProfile of(Joining joining, List<Command> commands) {
        return new DeviceProfile(joining, commands, Set.of(), OtherDoors.UNTRIED);
    }
}
