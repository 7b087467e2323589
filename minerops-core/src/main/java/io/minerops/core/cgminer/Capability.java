package io.minerops.core.cgminer;

import io.minerops.core.cgminer.Route.OtherDoors;
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
record Capability(Joining joining, List<Command> commands, Set<Command> refused, OtherDoors otherDoors) {
    /** What is assumed of a device that is not known. */
    static final Capability UNKNOWN = new Capability(Joining.UNPROVEN, Command.BASIC, Set.of(), OtherDoors.UNTRIED);

    Capability {
        commands = List.copyOf(commands);
        refused = Set.copyOf(refused);
    }

    /** One that takes CGMiner commands. */
    static Capability of(Joining joining, List<Command> commands) {
        return new Capability(joining, commands, Set.of(), OtherDoors.UNTRIED);
    }
}
