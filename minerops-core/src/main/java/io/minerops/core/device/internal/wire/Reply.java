package io.minerops.core.device.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What the bytes of one reply turned out to be. */
public sealed interface Reply {
    /**
     * A JSON object; of a web server an array too.
     *
     * @param repairs number of repaired faults to read it
     */
    record Value(JsonNode root, int repairs) implements Reply {}

    /** A reply that ended before its value did. */
    record Truncated(int bytes) implements Reply {}

    /** A relay on the device answered that its mining process does not listen. */
    record Unreachable(String reason) implements Reply {}

    /** A web server answers unexpectedly. */
    record WebServer() implements Reply {}

    /** Something that no miner would say. */
    record Foreign(String reason) implements Reply {}

    /** The device does not know the command. */
    record Unknown(String reason) implements Reply {}

    /**
     * The device requires authentication.
     *
     * @param realm what the device calls itself as it says so, already cleaned; null where it does not
     */
    record Denied(@Nullable String realm) implements Reply {}

    /** The device announces a reply past the limit. */
    record Oversized(int limitBytes) implements Reply {}

    /**
     * A miner perhaps, but not readable.
     *
     * @param page whether it may be a page of an ordinary web server
     */
    record Unreadable(String reason, boolean page) implements Reply {}
}
