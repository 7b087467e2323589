package io.minerops.core.cgminer;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The commands that may be sent: all of them only read. A command that is not here cannot be sent. */
enum Command {
    VERSION,
    SUMMARY,
    STATS,
    POOLS,
    DEVDETAILS,
    TEMPS,
    FANS,
    TUNERSTATUS,
    POWER;

    /** What every device is asked before anything is known of it. */
    static final List<Command> BASIC = List.of(VERSION, SUMMARY, STATS, POOLS);

    /** The name on the wire. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The key under which a reply holds its data. */
    String section() {
        return name();
    }

    /** The request for one command, or for several in one reply. */
    static byte[] request(Collection<Command> commands) {
        String joined = commands.stream().map(Command::wireName).collect(Collectors.joining("+"));
        return ("{\"command\":\"" + joined + "\"}").getBytes(StandardCharsets.US_ASCII);
    }
}
