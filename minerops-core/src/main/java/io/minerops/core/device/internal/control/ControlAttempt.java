package io.minerops.core.device.internal.control;

import io.minerops.api.miner.ControlAction;
import io.minerops.api.miner.ControlResult;
import io.minerops.api.miner.ControlResult.Denied;
import io.minerops.api.miner.ControlResult.Done;
import io.minerops.api.miner.ControlResult.Failed;
import io.minerops.api.miner.ControlResult.Step;
import io.minerops.api.miner.ControlResult.Unsupported;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.device.internal.control.ControlLine.Answer;
import io.minerops.core.device.internal.reading.Outcome;
import io.minerops.core.device.internal.vendor.ControlFamily;
import io.minerops.core.device.internal.vendor.ControlOffer;
import io.minerops.core.device.internal.vendor.ControlRequest;
import io.minerops.core.device.internal.vendor.Families;
import io.minerops.core.device.internal.vendor.LuxosSession;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.internal.wire.ReplyStatus;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.DeviceRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One attempt to have one device do one thing: what it is, what its family has for that, and sending it. */
public final class ControlAttempt {
    private static final int INVALID_COMMAND = 14;
    private static final Set<String> SUCCESS = Set.of("S", "I", "W", "RESTART");

    private final MinerAddress miner;
    private final ControlAction action;
    private final ControlLine line;
    private final long endsNanos;
    private final long exchangeNanos;

    /**
     * @param endsNanos when all must have ended, on the scale of {@link System#nanoTime}
     * @param exchangeNanos how long one exchange may take within that
     */
    public ControlAttempt(
            MinerAddress miner, ControlAction action, ControlLine line, long endsNanos, long exchangeNanos) {
        this.miner = miner;
        this.action = action;
        this.line = line;
        this.endsNanos = endsNanos;
        this.exchangeNanos = exchangeNanos;
    }

    /** Does it; waits for the device on the thread that calls. */
    public ControlResult run() {
        DeviceReplies replies = DeviceReplies.none();
        String refusal = "";
        for (Command query : ControlFamily.REQUESTS) {
            Answer answer = exchange(new DeviceRequest(List.of(query), miner.port()).bytes(miner.host()));
            if (answer.outcome() instanceof Outcome.Replied replied) {
                if (replied.reply() instanceof Reply.WebServer) {
                    return new Unsupported(
                            miner, "a web server answers there, and takes commands only with a password");
                }
                if (replied.reply() instanceof Reply.Value value
                        && !ReplyStatus.of(value.root()).refused()) {
                    replies = replies.with(query, value.root());
                } else {
                    refusal = problem(answer);
                }
            } else {
                return new Failed(miner, Step.IDENTIFY, problem(answer));
            }
            if (Families.STANDARD.control(replies) != ControlFamily.CGMINER) {
                break;
            }
        }
        if (replies.answered().isEmpty()) {
            return new Failed(miner, Step.IDENTIFY, "it does not identify itself: " + refusal);
        }
        return follow(Families.STANDARD.control(replies).offer(action));
    }

    private ControlResult follow(ControlOffer offer) {
        if (offer instanceof ControlOffer.Plain plain) {
            return send(plain.request(), plain.effect());
        } else if (offer instanceof ControlOffer.InSession inSession) {
            return inSession(inSession);
        }
        return new Unsupported(miner, ((ControlOffer.None) offer).reason());
    }

    private ControlResult inSession(ControlOffer.InSession offer) {
        ControlRequest logon = ControlRequest.logon();
        Answer answer = exchange(logon.bytes());
        LuxosSession session =
                answer.outcome() instanceof Outcome.Replied replied && replied.reply() instanceof Reply.Value value
                        ? LuxosSession.of(value.root())
                        : null;
        if (session == null) {
            ControlResult refused = refused(logon, answer, Step.LOGON);
            return refused != null
                    ? refused
                    : new Failed(miner, Step.LOGON, "the device opens a session without an id that can be used");
        }
        ControlResult result = send(offer.request().apply(session), offer.effect());
        // a session that stays open ends by itself after a minute: how this goes changes nothing of the result
        exchange(ControlRequest.logoff(session).bytes());
        return result;
    }

    private ControlResult send(ControlRequest request, String effect) {
        Answer answer = exchange(request.bytes());
        ControlResult refused = refused(request, answer, Step.COMMAND);
        return refused != null ? refused : new Done(miner, effect);
    }

    /** Null where the device says that it did it. */
    private @Nullable ControlResult refused(ControlRequest request, Answer answer, Step step) {
        ReplyStatus status = status(answer);
        if (status != null && status.accessDenied()) {
            return new Denied(miner, request.verb());
        } else if (status != null && status.refused() && status.code() == INVALID_COMMAND) {
            return new Unsupported(miner, "the device does not know the command " + request.verb());
        } else if (status != null && status.refused()) {
            return new Failed(miner, step, "the device refuses " + request.verb() + words(status));
        } else if ((status != null && SUCCESS.contains(status.letter())) || saysRestart(request, answer)) {
            return null;
        }
        return new Failed(miner, step, problem(answer));
    }

    /** CGMiner answers a restart with a text that is no JSON, and goes. */
    private static boolean saysRestart(ControlRequest request, Answer answer) {
        return answer.outcome() instanceof Outcome.Replied
                && request.verb().equals("restart")
                && answer.text().contains("RESTART");
    }

    private Answer exchange(byte[] request) {
        long now = System.nanoTime();
        long ends = endsNanos - (now + exchangeNanos) < 0 ? endsNanos : now + exchangeNanos;
        return line.exchange(request, ends);
    }

    private static @Nullable ReplyStatus status(Answer answer) {
        return answer.outcome() instanceof Outcome.Replied replied && replied.reply() instanceof Reply.Value value
                ? ReplyStatus.of(value.root())
                : null;
    }

    private static String problem(Answer answer) {
        Outcome outcome = answer.outcome();
        if (outcome == null) {
            return "no answer within the deadline, in phase "
                    + answer.phase().name().toLowerCase(Locale.ROOT);
        } else if (outcome instanceof Outcome.Unconnected unconnected) {
            return "no connection: " + unconnected.reason();
        } else if (outcome instanceof Outcome.Broken broken) {
            return "the connection broke: " + broken.reason();
        } else if (outcome instanceof Outcome.TooLarge large) {
            return "the reply is longer than " + large.limitBytes() + " bytes";
        }
        return problem(((Outcome.Replied) outcome).reply());
    }

    private static String problem(Reply reply) {
        if (reply instanceof Reply.Truncated truncated) {
            return truncated.bytes() == 0 ? "it hung up without an answer" : "its reply was cut off";
        } else if (reply instanceof Reply.Unreachable unreachable) {
            return unreachable.reason();
        } else if (reply instanceof Reply.Foreign foreign) {
            return foreign.reason();
        } else if (reply instanceof Reply.Unreadable unreadable) {
            return unreadable.reason();
        } else if (reply instanceof Reply.Value value) {
            return "it answers" + words(ReplyStatus.of(value.root()));
        }
        return "it answers as no miner does";
    }

    private static String words(ReplyStatus status) {
        return status.message() == null ? " without a word of why" : ": " + DeviceText.quote(status.message());
    }
}
