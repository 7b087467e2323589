package io.minerops.core.cgminer;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.cgminer.Capabilities.Capability;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one device as a sequence of requests: which to send next, what its outcome means, and what it all
 * comes to. Does no I/O. All commands go in one request where the device takes that, else one after the other.
 */
final class ReadingPlan {
    private final MinerAddress miner;
    private final Deque<Command> wanted;
    private final Set<Command> asked = EnumSet.noneOf(Command.class);
    private DeviceReplies replies = DeviceReplies.none();
    private List<Command> inFlight = List.of();
    private boolean joined;
    private boolean proven;
    private boolean ended;
    private @Nullable MinerReading failure;

    ReadingPlan(MinerAddress miner, Capability capability) {
        this.miner = miner;
        this.wanted = new ArrayDeque<>(capability.commands());
        this.joined = capability.joined();
        this.proven = capability.proven();
    }

    /** The commands of the next request; none when nothing more is to be asked. */
    List<Command> next() {
        if (ended) {
            return List.of();
        }
        if (wanted.isEmpty() && !replies.answered().isEmpty()) {
            Families.of(replies).commands().stream()
                    .filter(command -> !asked.contains(command))
                    .forEach(wanted::add);
        }
        inFlight = joined || wanted.size() < 2 ? List.copyOf(wanted) : List.of(wanted.getFirst());
        wanted.removeAll(inFlight);
        asked.addAll(inFlight);
        return inFlight;
    }

    /** Takes in how the request that {@link #next} named has ended. */
    void take(Outcome outcome) {
        if (outcome instanceof Outcome.Unconnected unconnected) {
            end(new MinerReading.Refused(miner, unconnected.reason()));
        } else if (outcome instanceof Outcome.Broken broken) {
            fail(new MinerReading.Refused(miner, broken.reason()));
        } else if (outcome instanceof Outcome.TooLarge large) {
            fail(new MinerReading.TooLarge(miner, large.limitBytes()));
        } else if (outcome instanceof Outcome.Replied replied) {
            take(replied.reply());
        }
    }

    /**
     * What the reading comes to.
     *
     * @param readAt when the last reply came
     * @param cutOffIn the phase in which the deadline passed; null where it did not
     */
    MinerReading conclude(Instant readAt, @Nullable Phase cutOffIn) {
        if (replies.hasMeasurements()) {
            Family family = Families.of(replies);
            Normalised normalised = family.normalise(replies, miner, readAt);
            Set<String> missing = family.commands().stream()
                    .filter(command -> !replies.answered().contains(command))
                    .map(Command::wireName)
                    .collect(Collectors.toUnmodifiableSet());
            return new MinerReading.Ok(normalised.sample(), normalised.identity(), replies.repairs(), missing);
        } else if (cutOffIn != null) {
            return new MinerReading.TimedOut(miner, cutOffIn);
        }
        return failure != null ? failure : new MinerReading.Malformed(miner, "answers neither summary nor stats");
    }

    /**
     * What this reading taught of the device; null where it taught nothing.
     *
     * @param cutOffIn the phase in which the deadline passed; null where it did not
     */
    @Nullable
    Capability learned(@Nullable Phase cutOffIn) {
        boolean silentToJoined = cutOffIn == Phase.READ && joined && !proven && inFlight.size() > 1;
        if (silentToJoined) {
            return new Capability(false, false, Command.BASIC);
        }
        return replies.hasMeasurements()
                ? new Capability(joined, proven, Families.of(replies).commands())
                : null;
    }

    private void take(Reply reply) {
        if (reply instanceof Reply.Value value) {
            replies = replies.withRepairs(value.repairs());
            if (inFlight.size() > 1) {
                takeJoined(value.root());
            } else {
                takeSingle(inFlight.get(0), value.root());
            }
        } else if (reply instanceof Reply.Truncated truncated) {
            fail(new MinerReading.Partial(miner, truncated.bytes()));
        } else if (reply instanceof Reply.Unreachable unreachable) {
            end(new MinerReading.Refused(miner, unreachable.reason()));
        } else if (reply instanceof Reply.Foreign foreign) {
            end(new MinerReading.NotAMiner(miner, foreign.reason()));
        } else if (reply instanceof Reply.Unreadable unreadable) {
            fail(new MinerReading.Malformed(miner, unreadable.reason()));
        }
    }

    private void takeJoined(JsonNode root) {
        boolean anySection = false;
        for (Command command : inFlight) {
            JsonNode section = root.path(command.wireName());
            JsonNode single = section.isArray() ? section.path(0) : section;
            if (single.isObject()) {
                anySection = true;
                takeSingle(command, single);
            }
        }
        if (!anySection) {
            fail(refusal("several commands at once", ReplyStatus.of(root)));
        } else {
            proven = true;
        }
    }

    private void takeSingle(Command command, JsonNode root) {
        ReplyStatus status = ReplyStatus.of(root);
        if (status.accessDenied()) {
            note(new MinerReading.AccessDenied(miner, command.wireName()));
        } else if (status.refused()) {
            note(refusal(command.wireName(), status));
        } else {
            replies = replies.with(command, root);
        }
    }

    private MinerReading refusal(String what, ReplyStatus status) {
        String words = status.message() == null ? "" : ": " + DeviceText.quote(status.message());
        return new MinerReading.Malformed(miner, "refuses " + what + words);
    }

    /** One request failed: where it was for several commands, they are worth a try one by one. */
    private void fail(MinerReading reading) {
        if (inFlight.size() > 1) {
            joined = false;
            proven = false;
            asked.removeAll(inFlight);
            inFlight.forEach(wanted::add);
        } else {
            note(reading);
        }
    }

    /** The first failure is the one that is told, but what the device denies tells more than what it garbles. */
    private void note(MinerReading reading) {
        boolean tellsMore = failure instanceof MinerReading.Malformed && !(reading instanceof MinerReading.Malformed);
        if (failure == null || tellsMore) {
            failure = reading;
        }
    }

    private void end(MinerReading reading) {
        failure = failure == null ? reading : failure;
        ended = true;
    }
}
