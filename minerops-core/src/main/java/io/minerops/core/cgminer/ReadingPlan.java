package io.minerops.core.cgminer;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.api.miner.Reading;
import io.minerops.core.cgminer.Capability.OtherDoors;
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
 * comes to. Does no I/O.
 *
 * <p>CGMiner commands go in one request where the device takes that, else one after the other. A device that is not
 * known is asked at its CGMiner port first; its other doors are tried where that port is shut or a web server answers.
 */
final class ReadingPlan {
    private final MinerAddress miner;
    private final Families families;
    private final Deque<Command> wanted;
    private final Set<Command> asked = EnumSet.noneOf(Command.class);
    private final Set<Command> unknownToDevice = EnumSet.noneOf(Command.class);
    private final Set<Door> locked = EnumSet.noneOf(Door.class);
    private final Set<Command> keptFromUs = EnumSet.noneOf(Command.class);
    private DeviceReplies replies = DeviceReplies.none();
    private List<Command> inFlight = List.of();
    private OtherDoors otherDoors;
    private boolean joined;
    private boolean proven;
    private boolean ended;
    private boolean forget;
    private boolean reachedElsewhere;
    private @Nullable MinerReading failure;
    private @Nullable String lockedRealm;
    private boolean loginWanted;
    private boolean broken;
    private @Nullable Family family;

    ReadingPlan(MinerAddress miner, Capability capability, Families families) {
        this.miner = miner;
        this.families = families;
        this.wanted = new ArrayDeque<>(capability.commands());
        this.otherDoors = capability.otherDoors();
        this.joined = capability.joined();
        this.proven = capability.proven();
        asked.addAll(capability.refused());
        unknownToDevice.addAll(capability.refused());
    }

    /** The commands of the next request, all behind one door; none when nothing more is to be asked. */
    List<Command> next() {
        if (ended) {
            return List.of();
        }
        if (wanted.isEmpty()) {
            furtherCommands().stream()
                    .filter(command -> !asked.contains(command) && !locked.contains(command.door()))
                    .forEach(wanted::add);
        }
        inFlight = wanted.isEmpty() ? List.of() : together(wanted.getFirst());
        wanted.removeAll(inFlight);
        asked.addAll(inFlight);
        return inFlight;
    }

    /** Whether a web server was met on the port that the miner's address names. */
    boolean webHere() {
        return otherDoors == OtherDoors.WEB_HERE;
    }

    private List<Command> furtherCommands() {
        if (!replies.answered().isEmpty()) {
            List<Command> ofFamily = family().commands(replies);
            return replies.hasMeasurements() || !asked.containsAll(ofFamily) ? ofFamily : whereNamed();
        }
        // to refuse every command is an answer too, and one that only a CGMiner gives
        return inFlight.stream().anyMatch(unknownToDevice::contains) && otherDoors == OtherDoors.UNTRIED
                ? Command.LAST_RESORT
                : List.of();
    }

    /** What tells whether a device wants a login that says no more than what it is. */
    private List<Command> whereNamed() {
        String name = SelfNamed.of(replies, lockedRealm);
        return name == null || loginWanted ? List.of() : SelfNamed.toBeAsked(replies, family(), name);
    }

    /** Whom the replies are from; looked up again only after another has come. */
    private Family family() {
        Family known = family;
        if (known == null) {
            known = families.of(replies);
            family = known;
        }
        return known;
    }

    private List<Command> together(Command first) {
        if (!joined || !first.joinable()) {
            return List.of(first);
        }
        return wanted.stream().filter(Command::joinable).toList();
    }

    /** Takes in how the request that {@link #next} named has ended. */
    void take(Outcome outcome) {
        if (outcome instanceof Outcome.Unconnected unconnected) {
            shut(new MinerReading.Refused(miner, unconnected.reason()));
        } else if (outcome instanceof Outcome.Broken broken) {
            fail(new MinerReading.Disconnected(miner, broken.phase(), broken.reason()));
        } else if (outcome instanceof Outcome.TooLarge large) {
            fail(new MinerReading.TooLarge(miner, large.limitBytes()));
        } else if (outcome instanceof Outcome.Replied replied) {
            take(replied.reply());
        }
    }

    /** Takes in that the device's name leads to no address. */
    void unreachable(String reason) {
        end(new MinerReading.Refused(miner, reason));
    }

    /**
     * What the reading comes to.
     *
     * @param readAt when the last reply came
     * @param cutOffIn the phase in which the deadline passed; null where it did not
     */
    MinerReading conclude(Instant readAt, @Nullable Phase cutOffIn) {
        if (replies.hasMeasurements()) {
            Family recognised = family();
            Normalised normalised = recognised
                    .normalise(replies, miner, readAt)
                    .withImplausible(replies.unreadable().found());
            Set<String> missing = recognised.commands(replies).stream()
                    .filter(command -> !replies.answered().contains(command) && !command.isExtra())
                    .map(Command::wireName)
                    .collect(Collectors.toUnmodifiableSet());
            if (!saysNoMoreThanThatItWorks(normalised.sample())) {
                return new MinerReading.Ok(
                        normalised.sample(),
                        normalised.identity(),
                        replies.repairs(),
                        normalised.implausible(),
                        missing);
            } else if (cutOffIn == null) {
                return new MinerReading.Malformed(miner, "says that it works and nothing that measures");
            }
        }
        MinerReading named = named(cutOffIn);
        if (named != null) {
            return named;
        }
        boolean cutOffAtFirstDoor = cutOffIn != null && (failure == null || otherDoors == OtherDoors.UNTRIED);
        if (cutOffIn != null && cutOffAtFirstDoor) {
            return new MinerReading.TimedOut(miner, cutOffIn);
        }
        return failure != null ? failure : new MinerReading.Malformed(miner, "answers nothing that measures");
    }

    /** Of a device that has said what it is and nothing that measures; null where it has not, or may have been about to. */
    private @Nullable MinerReading named(@Nullable Phase cutOffIn) {
        String name = SelfNamed.of(replies, lockedRealm);
        boolean unfinished = broken || (cutOffIn != null && !Command.WHERE_NAMED.containsAll(inFlight));
        boolean deniedByCommand = failure instanceof MinerReading.AccessDenied && !loginWanted;
        if (name == null || unfinished || deniedByCommand) {
            return null;
        }
        return new MinerReading.NoReadings(miner, name, loginWanted ? SelfNamed.LOGIN : SelfNamed.onlyAnswers(replies));
    }

    /**
     * What this reading taught of the device; null where it taught nothing.
     *
     * @param cutOffIn the phase in which the deadline passed; null where it did not
     */
    @Nullable
    Capability learned(@Nullable Phase cutOffIn) {
        boolean silent = cutOffIn == Phase.FIRST_BYTE || cutOffIn == Phase.READ;
        if (silent && joined && !proven && inFlight.size() > 1) {
            return new Capability(false, false, Command.BASIC, Set.of(), otherDoors);
        } else if (replies.hasMeasurements()) {
            return answering();
        } else if (forget || (cutOffIn == null && onlyOtherDoorsInVain())) {
            return Capability.UNKNOWN;
        }
        // a device that is starting refuses at every door: only who answered there and is no miner is known for it
        boolean triedInVain = cutOffIn == null && reachedElsewhere && asked.containsAll(Command.BASIC);
        return triedInVain ? new Capability(joined, proven, Command.BASIC, Set.of(), OtherDoors.SHUT) : null;
    }

    /**
     * Whether it was asked as a device that answers elsewhere, and answered nothing: it may be another one by now, unless
     * nobody listens on the one port that it has.
     */
    private boolean onlyOtherDoorsInVain() {
        boolean off = webHere() && failure instanceof MinerReading.Refused;
        return !asked.isEmpty()
                && !off
                && replies.answered().isEmpty()
                && asked.stream().allMatch(command -> command.door() != Door.CGMINER);
    }

    /** What a device at rest refuses it may answer once it works: then nothing that it refuses is held against it. */
    private Capability answering() {
        List<Command> all = family().commands(replies);
        Set<Command> refused = EnumSet.copyOf(unknownToDevice);
        refused.addAll(keptFromUs);
        refused.retainAll(all);
        if (refused.stream().anyMatch(command -> command.measures() && !Command.LAST_RESORT.contains(command))) {
            refused.removeIf(command -> !command.isExtra());
        }
        List<Command> worthAsking =
                all.stream().filter(command -> !refused.contains(command)).toList();
        boolean elsewhere = otherDoors == OtherDoors.UNTRIED
                && worthAsking.stream().noneMatch(command -> command.door() == Door.CGMINER);
        return new Capability(joined, proven, worthAsking, refused, elsewhere ? OtherDoors.ELSEWHERE : otherDoors);
    }

    /** What is asked as a last resort tells whether a device is at rest; that it is not is no reading. */
    private boolean saysNoMoreThanThatItWorks(MetricSample sample) {
        return replies.answered().stream().filter(Command::measures).allMatch(Command.LAST_RESORT::contains)
                && Reading.all().stream()
                        .allMatch(reading -> sample.reading(reading).isEmpty());
    }

    private void take(Reply reply) {
        reachedElsewhere |= inFlight.get(0).door() != Door.CGMINER;
        if (reply instanceof Reply.Value value) {
            replies = replies.withRepairs(value.repairs());
            if (inFlight.size() > 1) {
                takeJoined(value.root());
            } else {
                takeSingle(inFlight.get(0), value.root());
            }
        } else if (reply instanceof Reply.Truncated truncated) {
            fail(new MinerReading.Partial(miner, truncated.bytes()));
        } else if (reply instanceof Reply.Oversized oversized) {
            fail(new MinerReading.TooLarge(miner, oversized.limitBytes()));
        } else if (reply instanceof Reply.Unreachable unreachable) {
            end(new MinerReading.Refused(miner, unreachable.reason()));
        } else if (reply instanceof Reply.WebServer) {
            webServer();
        } else if (reply instanceof Reply.Foreign foreign) {
            foreign(foreign.reason());
        } else if (reply instanceof Reply.Unknown unknown) {
            unknownToDevice.addAll(inFlight);
            note(new MinerReading.NotAMiner(
                    miner, unknown.reason() + " for " + inFlight.get(0).wireName()));
        } else if (reply instanceof Reply.Denied denied) {
            denied(inFlight.get(0), denied.realm());
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
            keptFromUs.add(command);
            note(new MinerReading.AccessDenied(miner, command.wireName()));
        } else if (status.refused()) {
            unknownToDevice.add(command);
            note(refusal(command.wireName(), status));
        } else if (!command.isAnsweredBy(root)) {
            unknownToDevice.add(command);
        } else if (command.door() == Door.CGMINER || !replies.answered().isEmpty()) {
            replies = replies.with(command, root);
            family = null;
        } else {
            takeFirstOfOtherDoor(command, replies.with(command, root));
        }
    }

    /** Any web server may answer with JSON: it counts only where a family knows it. */
    private void takeFirstOfOtherDoor(Command command, DeviceReplies withIt) {
        if (families.knows(withIt)) {
            replies = withIt;
            family = null;
            otherDoors = webHere() ? OtherDoors.WEB_HERE : OtherDoors.ELSEWHERE;
            wanted.clear();
        } else {
            note(new MinerReading.NotAMiner(miner, "answers " + command.wireName() + " as no known miner does"));
        }
    }

    private MinerReading refusal(String what, ReplyStatus status) {
        String words = status.message() == null ? "" : ": " + DeviceText.quote(status.message());
        return new MinerReading.Malformed(miner, "refuses " + what + words);
    }

    /** Nobody listens behind the door: its other commands are not worth a try, but other doors may be. */
    private void shut(MinerReading refused) {
        Door door = inFlight.get(0).door();
        wanted.removeIf(command -> command.door() == door);
        if (door == Door.CGMINER
                && otherDoors == OtherDoors.UNTRIED
                && replies.answered().isEmpty()) {
            note(refused);
            otherDoors = OtherDoors.ELSEWHERE;
            wanted.addAll(Command.AT_OTHER_DOORS);
        } else if (door == Door.CGMINER) {
            end(refused);
        } else {
            forget |= otherDoors == OtherDoors.ELSEWHERE && !asked.containsAll(Command.BASIC);
            note(refused);
        }
    }

    private void webServer() {
        MinerReading other = new MinerReading.NotAMiner(miner, "a web server answers");
        if (inFlight.get(0).door() == Door.CGMINER && otherDoors == OtherDoors.UNTRIED) {
            note(other);
            otherDoors = OtherDoors.WEB_HERE;
            wanted.clear();
            wanted.addAll(Command.OF_WEB_SERVER);
        } else {
            end(other);
        }
    }

    /** What is no miner at one door is none at all, unless another door was the way in. */
    private void foreign(String reason) {
        MinerReading other = new MinerReading.NotAMiner(miner, reason);
        if (inFlight.get(0).door() == Door.CGMINER) {
            end(other);
        } else {
            note(other);
        }
    }

    /** One request failed: where it was for several commands, they are worth a try one by one. */
    private void fail(MinerReading reading) {
        if (inFlight.size() > 1) {
            joined = false;
            proven = false;
            asked.removeAll(inFlight);
            inFlight.forEach(wanted::add);
        } else {
            broken |= !Command.WHERE_NAMED.contains(inFlight.get(0));
            note(reading);
        }
    }

    /**
     * A web server that wants to know who asks before it has answered anything is not asked more. It is a miner's where
     * the device is known already, or where it gives away other paths without a login: then the path is one of its own.
     */
    private void denied(Command command, @Nullable String realm) {
        Door door = command.door();
        loginWanted = true;
        lockedRealm = lockedRealm == null ? realm : lockedRealm;
        boolean answersOthers = unknownToDevice.stream().anyMatch(other -> other.door() == door);
        if (replies.answered().stream().noneMatch(other -> other.door() == door)) {
            locked.add(door);
            wanted.removeIf(other -> other.door() == door);
        }
        if (answersOthers || families.knows(replies)) {
            note(new MinerReading.AccessDenied(miner, command.wireName()));
        }
    }

    /** The first failure is the one that is told, but what the device denies tells more than a closed port or garble. */
    private void note(MinerReading reading) {
        boolean garbled = failure instanceof MinerReading.Malformed && !(reading instanceof MinerReading.Malformed);
        boolean closed = failure instanceof MinerReading.Refused && reading instanceof MinerReading.AccessDenied;
        if (failure == null || garbled || closed) {
            failure = reading;
        }
    }

    private void end(MinerReading reading) {
        failure = failure == null ? reading : failure;
        ended = true;
    }
}
