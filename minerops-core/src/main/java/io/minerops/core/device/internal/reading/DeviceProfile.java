package io.minerops.core.device.internal.reading;

import io.minerops.core.device.internal.reading.Route.OtherEndpoints;
import io.minerops.core.device.reply.Command;
import java.util.List;
import java.util.Set;

/**
 * How to query one device.
 *
 * @param joining whether several commands may go in one request
 * @param commands the useful commands
 * @param refused commands that the device does not know or denies
 * @param otherEndpoints what is known of the endpoints beside the CGMiner port
 */
public record DeviceProfile(
        Joining joining, List<Command> commands, Set<Command> refused, OtherEndpoints otherEndpoints) {
    /** What is assumed of a device that is not known. */
    public static final DeviceProfile UNKNOWN =
            new DeviceProfile(Joining.UNPROVEN, Command.BASIC, Set.of(), OtherEndpoints.UNTRIED);

    public DeviceProfile {
        commands = List.copyOf(commands);
        refused = Set.copyOf(refused);
    }

    /** One that takes CGMiner commands. */
    public static DeviceProfile of(Joining joining, List<Command> commands) {
        return new DeviceProfile(joining, commands, Set.of(), OtherEndpoints.UNTRIED);
    }
}
