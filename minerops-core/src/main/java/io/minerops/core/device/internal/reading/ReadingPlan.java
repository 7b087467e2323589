package io.minerops.core.device.internal.reading;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.internal.reading.Attempts.Result;
import io.minerops.core.device.internal.reading.Route.OtherEndpoints;
import io.minerops.core.device.internal.vendor.Families;
import io.minerops.core.device.internal.vendor.SelfNamed;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.internal.wire.ReplyStatus;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Endpoint;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one device as a sequence of requests: which to send next, what its outcome means, and what it all
 * comes to. Does no I/O.
 *
 * <p>CGMiner commands go in one request where the device takes that, else one after the other. An unknown device is
 * queried at its CGMiner port first; its other ports are tried where that port is shut or a web server answers. The
 * {@link Route} says where the reading stands, the {@link Attempts} what became of each command.
 */
public final class ReadingPlan {
    private final MinerAddress miner;
    private final Families families;
    private final Requests requests;
    private final Attempts attempts;
    private DeviceReplies replies = DeviceReplies.none();
    private Route route;
    private final ReportedFailure failure = new ReportedFailure();
    private @Nullable String lockedRealm;
    private @Nullable DeviceFamily family;

    public ReadingPlan(MinerAddress miner, DeviceProfile capability, Families families) {
        this.miner = miner;
        this.families = families;
        this.attempts = new Attempts(capability.refused());
        this.requests = new Requests(capability, attempts);
        this.route = capability.otherEndpoints();
    }

    /** The commands of the next request, all to one port; none when nothing more is to be sent. */
    public List<Command> next() {
        if (route instanceof Route.Ended) {
            return List.of();
        }
        if (requests.areSent()) {
            requests.addNew(furtherCommands());
        }
        return requests.next();
    }

    /** Whether a web server was met on the port that the miner's address names. */
    public boolean webHere() {
        return route.known() == OtherEndpoints.WEB_HERE;
    }

    private List<Command> furtherCommands() {
        if (!replies.answered().isEmpty()) {
            List<Command> ofFamily = family().commands(replies);
            return replies.hasMeasurements() || !attempts.covers(ofFamily) ? ofFamily : whereNamed();
        }
        // to refuse every command is an answer too, and one that only a CGMiner gives
        return requests.inFlight().stream().anyMatch(attempts::isUnknown) && route.known() == OtherEndpoints.UNTRIED
                ? Command.LAST_RESORT
                : List.of();
    }

    /** What shows whether a device requires a login that says no more than what it is. */
    private List<Command> whereNamed() {
        String name = SelfNamed.of(replies, lockedRealm);
        return name == null || attempts.loginRequired() ? List.of() : SelfNamed.toBeAsked(replies, family(), name);
    }

    /** The family that the replies are from; looked up again only after another reply. */
    private DeviceFamily family() {
        DeviceFamily known = family;
        if (known == null) {
            known = families.of(replies);
            family = known;
        }
        return known;
    }

    /** Takes in how the request that {@link #next} named has ended. */
    public void take(Outcome outcome) {
        if (outcome instanceof Outcome.Unconnected unconnected) {
            shut(new MinerReading.Refused(miner, unconnected.reason()));
        } else if (outcome instanceof Outcome.Broken broken) {
            fail(Result.BROKEN, new MinerReading.Disconnected(miner, broken.phase(), broken.reason()));
        } else if (outcome instanceof Outcome.TooLarge large) {
            fail(Result.BROKEN, new MinerReading.TooLarge(miner, large.limitBytes()));
        } else if (outcome instanceof Outcome.Replied replied) {
            take(replied.reply());
        }
    }

    /** Takes in that the device's name leads to no address. */
    public void unreachable(String reason) {
        end(new MinerReading.Refused(miner, reason));
    }

    /**
     * What the reading comes to.
     *
     * @param readAt when the last reply came
     * @param cutOffIn the phase in which the deadline passed; null where it did not
     */
    public MinerReading conclude(Instant readAt, @Nullable Phase cutOffIn) {
        return soFar(cutOffIn).conclude(readAt);
    }

    /**
     * What this reading showed of the device; null where it showed nothing.
     *
     * @param cutOffIn the phase in which the deadline passed; null where it did not
     */
    @Nullable
    public DeviceProfile learned(@Nullable Phase cutOffIn) {
        return soFar(cutOffIn).learned();
    }

    private ReadingResult soFar(@Nullable Phase cutOffIn) {
        return new ReadingResult(
                miner,
                family(),
                replies,
                attempts,
                route,
                requests.joining(),
                requests.inFlight(),
                failure.get(),
                lockedRealm,
                cutOffIn);
    }

    private void take(Reply reply) {
        if (reply instanceof Reply.Value value) {
            replies = replies.withRepairs(value.repairs());
            if (requests.joined()) {
                takeJoined(value.root());
            } else {
                takeSingle(requests.first(), value.root());
            }
        } else if (reply instanceof Reply.Truncated truncated) {
            fail(Result.UNREADABLE, new MinerReading.Partial(miner, truncated.bytes()));
        } else if (reply instanceof Reply.Oversized oversized) {
            fail(Result.UNREADABLE, new MinerReading.TooLarge(miner, oversized.limitBytes()));
        } else if (reply instanceof Reply.Unreadable unreadable) {
            fail(
                    unreadable.page() ? Result.PAGE : Result.UNREADABLE,
                    new MinerReading.Malformed(miner, unreadable.reason()));
        } else if (reply instanceof Reply.Unreachable unreachable) {
            requests.endAll(Result.FOREIGN);
            end(new MinerReading.Refused(miner, unreachable.reason()));
        } else if (reply instanceof Reply.WebServer) {
            requests.endAll(Result.FOREIGN);
            webServer();
        } else if (reply instanceof Reply.Foreign foreign) {
            requests.endAll(Result.FOREIGN);
            foreign(foreign.reason());
        } else if (reply instanceof Reply.Unknown unknown) {
            requests.endAll(Result.UNKNOWN);
            note(new MinerReading.NotAMiner(
                    miner, unknown.reason() + " for " + requests.first().wireName()));
        } else if (reply instanceof Reply.Denied denied) {
            denied(requests.first(), denied.realm());
        }
    }

    private void takeJoined(JsonNode root) {
        boolean anySection = false;
        for (Command command : requests.inFlight()) {
            JsonNode section = root.path(command.wireName());
            JsonNode single = section.isArray() ? section.path(0) : section;
            if (single.isObject()) {
                anySection = true;
                takeSingle(command, single);
            }
        }
        if (anySection) {
            requests.joiningProven();
        } else {
            fail(Result.UNREADABLE, refusal("several commands at once", ReplyStatus.of(root)));
        }
    }

    private void takeSingle(Command command, JsonNode root) {
        ReplyStatus status = ReplyStatus.of(root);
        if (status.accessDenied()) {
            attempts.ended(command, Result.FORBIDDEN);
            note(new MinerReading.AccessDenied(miner, command.wireName()));
        } else if (status.refused()) {
            attempts.ended(command, Result.UNKNOWN);
            note(refusal(command.wireName(), status));
        } else if (!command.isAnsweredBy(root)) {
            attempts.ended(command, Result.UNKNOWN);
        } else if (command.endpoint() == Endpoint.CGMINER || !replies.answered().isEmpty()) {
            answered(command, replies.with(command, root));
        } else {
            takeFirstOfOtherEndpoint(command, replies.with(command, root));
        }
    }

    private void answered(Command command, DeviceReplies withIt) {
        attempts.ended(command, Result.ANSWERED);
        replies = withIt;
        family = null;
    }

    /** Any web server may answer with JSON: it counts only where a family knows it. */
    private void takeFirstOfOtherEndpoint(Command command, DeviceReplies withIt) {
        if (families.knows(withIt)) {
            answered(command, withIt);
            route = route.answeredElsewhere();
            requests.replaceBy(List.of());
        } else {
            attempts.ended(command, Result.FOREIGN);
            note(new MinerReading.NotAMiner(miner, "answers " + command.wireName() + " as no known miner does"));
        }
    }

    private MinerReading refusal(String what, ReplyStatus status) {
        String words = status.message() == null ? "" : ": " + DeviceText.quote(status.message());
        return new MinerReading.Malformed(miner, "refuses " + what + words);
    }

    /** Nothing listens on the port: its other commands are not worth a try, but other ports may be. */
    private void shut(MinerReading refused) {
        Endpoint endpoint = requests.first().endpoint();
        requests.dropAt(endpoint);
        if (endpoint == Endpoint.CGMINER
                && route == OtherEndpoints.UNTRIED
                && replies.answered().isEmpty()) {
            note(refused);
            route = OtherEndpoints.ELSEWHERE;
            requests.add(Command.AT_OTHER_ENDPOINTS);
        } else if (endpoint == Endpoint.CGMINER) {
            end(refused);
        } else {
            route = route.refusedElsewhere(attempts.covers(Command.BASIC));
            note(refused);
        }
    }

    private void webServer() {
        MinerReading other = new MinerReading.NotAMiner(miner, "a web server answers");
        if (requests.first().endpoint() == Endpoint.CGMINER && route == OtherEndpoints.UNTRIED) {
            note(other);
            route = OtherEndpoints.WEB_HERE;
            requests.replaceBy(Command.OF_WEB_SERVER);
        } else {
            end(other);
        }
    }

    /** What is no miner at one port is none at all, unless another port was the way in. */
    private void foreign(String reason) {
        MinerReading other = new MinerReading.NotAMiner(miner, reason);
        if (requests.first().endpoint() == Endpoint.CGMINER) {
            end(other);
        } else {
            note(other);
        }
    }

    /** One request failed: where it was for several commands, they are worth a try one by one. */
    private void fail(Result result, MinerReading reading) {
        if (requests.joined()) {
            requests.retryOneByOne();
        } else {
            requests.endAll(result);
            // a port that is shut says less than a reply that failed, unless that may be an ordinary page
            if (result != Result.PAGE) {
                failure.forgetShutPort();
            }
            note(reading);
        }
    }

    /**
     * A web server that requires a login before it has answered anything is sent nothing more. It is a miner's where
     * the device is known already, or where it answers other paths without a login: then the path is one of its own.
     */
    private void denied(Command command, @Nullable String realm) {
        Endpoint endpoint = command.endpoint();
        attempts.ended(command, Result.LOGIN);
        lockedRealm = lockedRealm == null ? realm : lockedRealm;
        if (attempts.isLocked(endpoint)) {
            requests.dropAt(endpoint);
        }
        if (attempts.anyUnknownAt(endpoint) || families.knows(replies)) {
            note(new MinerReading.AccessDenied(miner, command.wireName()));
        }
    }

    private void note(MinerReading reading) {
        failure.note(reading, route == OtherEndpoints.ELSEWHERE);
    }

    private void end(MinerReading reading) {
        failure.noteIfFirst(reading);
        route = new Route.Ended(route);
    }
}
