package io.minerops.core.cgminer;

import java.util.List;
import java.util.Set;

/**
 * How one device is to be asked.
 *
 * @param joined whether several commands may go in one request
 * @param proven whether a joined request has been answered before
 * @param commands what is worth asking
 * @param refused what the device does not know or does not tell us
 * @param otherDoors what is known of the doors beside the CGMiner port
 */
record Capability(boolean joined, boolean proven, List<Command> commands, Set<Command> refused, OtherDoors otherDoors) {
    /** What is known of the doors beside the CGMiner port. */
    enum OtherDoors {
        /** Nothing: they are tried where the CGMiner port is shut. */
        UNTRIED,
        /** Nobody that is known answers there: they are not tried again. */
        SHUT,
        /** A web server answers on the very port of the CGMiner API. */
        WEB_HERE,
        /** The device is asked there. */
        ELSEWHERE
    }

    /** What is assumed of a device that is not known. */
    static final Capability UNKNOWN = new Capability(true, false, Command.BASIC, Set.of(), OtherDoors.UNTRIED);

    Capability {
        commands = List.copyOf(commands);
        refused = Set.copyOf(refused);
    }

    /** One that takes CGMiner commands. */
    static Capability of(boolean joined, boolean proven, List<Command> commands) {
        return new Capability(joined, proven, commands, Set.of(), OtherDoors.UNTRIED);
    }
}
