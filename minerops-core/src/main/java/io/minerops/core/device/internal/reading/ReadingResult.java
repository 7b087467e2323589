package io.minerops.core.device.internal.reading;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.reading.Route.OtherEndpoints;
import io.minerops.core.device.internal.vendor.SelfNamed;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a reading comes to, as far as it went.
 *
 * @param family the family that the replies are from
 * @param inFlight the commands of the last request
 * @param failure what went wrong, as it is reported where the replies make no reading; null where nothing did
 * @param lockedRealm what the device's web server calls what it keeps locked; null where it does not
 * @param cutOffIn the phase in which the deadline passed; null where it did not
 */
record ReadingResult(
        MinerAddress miner,
        DeviceFamily family,
        DeviceReplies replies,
        Attempts attempts,
        Route route,
        Joining joining,
        List<Command> inFlight,
        @Nullable MinerReading failure,
        @Nullable String lockedRealm,
        @Nullable Phase cutOffIn) {

    /**
     * The reading.
     *
     * @param readAt when the last reply came
     */
    MinerReading conclude(Instant readAt) {
        if (replies.hasMeasurements()) {
            Normalised normalised = family.normalise(replies, miner, readAt)
                    .withImplausible(replies.unreadable().found());
            Set<String> missing = family.commands(replies).stream()
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
                return new MinerReading.Malformed(miner, "reports that it works, but no readings");
            }
        }
        MinerReading named = named();
        if (named != null) {
            return named;
        }
        boolean cutOffAtFirstEndpoint = failure == null || route.known() == OtherEndpoints.UNTRIED;
        boolean cutOffBehindShutEndpoint = failure instanceof MinerReading.Refused && isSilent();
        if (cutOffIn != null && (cutOffAtFirstEndpoint || cutOffBehindShutEndpoint)) {
            return new MinerReading.TimedOut(miner, cutOffIn);
        }
        return failure != null ? failure : new MinerReading.Malformed(miner, "answers nothing that measures");
    }

    /** Of a device that has said what it is and nothing that measures; null where it has not, or may have been about to. */
    private @Nullable MinerReading named() {
        String name = SelfNamed.of(replies, lockedRealm);
        boolean unfinished = attempts.anyFailed() || (cutOffIn != null && !Command.WHERE_NAMED.containsAll(inFlight));
        boolean deniedByCommand = failure instanceof MinerReading.AccessDenied && !attempts.loginRequired();
        if (name == null || unfinished || deniedByCommand) {
            return null;
        }
        return new MinerReading.NoReadings(
                miner, name, attempts.loginRequired() ? SelfNamed.LOGIN : SelfNamed.onlyAnswers(replies));
    }

    /** Whether the deadline passed while a connection stood. */
    private boolean isSilent() {
        return cutOffIn == Phase.FIRST_BYTE || cutOffIn == Phase.READ;
    }

    /** What it showed of the device; null where it showed nothing. */
    @Nullable
    DeviceProfile learned() {
        if (isSilent() && joining == Joining.UNPROVEN && inFlight.size() > 1) {
            return new DeviceProfile(Joining.NEVER, Command.BASIC, Set.of(), route.known());
        } else if (replies.hasMeasurements()) {
            return answering();
        } else if (route.gone() || (cutOffIn == null && onlyOtherEndpointsInVain())) {
            return DeviceProfile.UNKNOWN;
        }
        // a device that is starting refuses at every endpoint: only who answered there and is no miner is known for it
        boolean triedInVain = cutOffIn == null && attempts.repliedElsewhere() && attempts.covers(Command.BASIC);
        return triedInVain ? new DeviceProfile(joining, Command.BASIC, Set.of(), OtherEndpoints.SHUT) : null;
    }

    /**
     * Whether it was queried as a device that answers elsewhere, and answered nothing: it may be another one by now, unless
     * nothing listens on the one port that it has.
     */
    private boolean onlyOtherEndpointsInVain() {
        boolean off = route.known() == OtherEndpoints.WEB_HERE && failure instanceof MinerReading.Refused;
        return !off && replies.answered().isEmpty() && attempts.onlyElsewhere();
    }

    /** What a device at rest refuses it may answer once it works: then nothing that it refuses is held against it. */
    private DeviceProfile answering() {
        List<Command> all = family.commands(replies);
        Set<Command> refused = attempts.refused();
        refused.retainAll(all);
        if (refused.stream().anyMatch(command -> command.measures() && !Command.LAST_RESORT.contains(command))) {
            refused.removeIf(command -> !command.isExtra());
        }
        List<Command> worthAsking =
                all.stream().filter(command -> !refused.contains(command)).toList();
        boolean elsewhere = route.known() == OtherEndpoints.UNTRIED
                && worthAsking.stream().noneMatch(command -> command.endpoint() == Endpoint.CGMINER);
        return new DeviceProfile(joining, worthAsking, refused, elsewhere ? OtherEndpoints.ELSEWHERE : route.known());
    }

    /** The last query shows whether a device is at rest; a device that is not at rest has no reading. */
    private boolean saysNoMoreThanThatItWorks(MetricSample sample) {
        return replies.answered().stream().filter(Command::measures).allMatch(Command.LAST_RESORT::contains)
                && Reading.all().stream()
                        .allMatch(reading -> sample.reading(reading).isEmpty());
    }
}
