package io.minerops.core.cgminer;

import com.fasterxml.jackson.databind.JsonNode;

/** What the bytes of one reply turned out to be. */
sealed interface Reply {
    /**
     * A JSON object.
     *
     * @param repairs how many faults were mended to read it
     */
    record Value(JsonNode root, int repairs) implements Reply {}

    /** A reply that ended before its value did. */
    record Truncated(int bytes) implements Reply {}

    /** A relay on the device answered that its mining process does not listen. */
    record Unreachable(String reason) implements Reply {}

    /** Something that no CGMiner would say. */
    record Foreign(String reason) implements Reply {}

    /** CGMiner perhaps, but not readable. */
    record Unreadable(String reason) implements Reply {}
}
