package io.minerops.core.device.internal.reading;

import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.Endpoint;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What became of each command of one reading. Not thread-safe. */
final class Attempts {
    private final Map<Command, Result> results = new EnumMap<>(Command.class);

    /** What became of one command. */
    enum Result {
        /** It is under way, or no connection came about for it. */
        SENT,
        /** The device did not know it, or kept it from us, in an earlier reading: it is not sent. */
        REFUSED_BEFORE,
        /** The device does not know it. */
        UNKNOWN,
        /** The device does not allow it. */
        FORBIDDEN,
        /** The device requires a login for it. */
        LOGIN,
        /** The connection broke, or the reply passed the limit, before it could be read. */
        BROKEN,
        /** A reply came that could not be read to its end. */
        UNREADABLE,
        /** A reply came that is no JSON, as a page of an ordinary web server is not. */
        PAGE,
        /** Something answers that is not known to be a miner. */
        FOREIGN,
        /** It was answered. */
        ANSWERED
    }

    Attempts(Set<Command> refusedBefore) {
        refusedBefore.forEach(command -> results.put(command, Result.REFUSED_BEFORE));
    }

    void sent(List<Command> commands) {
        commands.forEach(command -> results.put(command, Result.SENT));
    }

    void ended(Command command, Result result) {
        results.put(command, result);
    }

    /** They are to be sent again, one by one. */
    void forget(List<Command> commands) {
        results.keySet().removeAll(commands);
    }

    boolean covers(Collection<Command> commands) {
        return results.keySet().containsAll(commands);
    }

    boolean isNew(Command command) {
        return !results.containsKey(command);
    }

    boolean isUnknown(Command command) {
        Result result = results.get(command);
        return result == Result.UNKNOWN || result == Result.REFUSED_BEFORE;
    }

    /** Whether the device refused another command at this port than the one that requires a login. */
    boolean anyUnknownAt(Endpoint endpoint) {
        return any(command -> command.endpoint() == endpoint && isUnknown(command));
    }

    /** A web server that requires a login before it has answered anything is sent nothing more. */
    boolean isLocked(Endpoint endpoint) {
        return any(command -> command.endpoint() == endpoint && results.get(command) == Result.LOGIN)
                && !any(command -> command.endpoint() == endpoint && results.get(command) == Result.ANSWERED);
    }

    boolean loginRequired() {
        return results.containsValue(Result.LOGIN);
    }

    /** Whether a command failed of which the answer would have mattered. */
    boolean anyFailed() {
        return any(command -> !Command.WHERE_NAMED.contains(command)
                && switch (results.getOrDefault(command, Result.SENT)) {
                    case BROKEN, UNREADABLE, PAGE -> true;
                    case SENT, REFUSED_BEFORE, UNKNOWN, FORBIDDEN, LOGIN, FOREIGN, ANSWERED -> false;
                });
    }

    /** Whether anything replied in this reading at a port beside the CGMiner port. */
    boolean repliedElsewhere() {
        return any(command -> command.endpoint() != Endpoint.CGMINER
                && switch (results.getOrDefault(command, Result.SENT)) {
                    case SENT, REFUSED_BEFORE, BROKEN -> false;
                    case UNKNOWN, FORBIDDEN, LOGIN, UNREADABLE, PAGE, FOREIGN, ANSWERED -> true;
                });
    }

    /** Whether commands were sent, and none to the CGMiner port. */
    boolean onlyElsewhere() {
        return !results.isEmpty() && !any(command -> command.endpoint() == Endpoint.CGMINER);
    }

    /** The commands that the device does not know or does not allow. */
    Set<Command> refused() {
        Set<Command> refused = EnumSet.noneOf(Command.class);
        results.forEach((command, result) -> {
            if (isUnknown(command) || result == Result.FORBIDDEN) {
                refused.add(command);
            }
        });
        return refused;
    }

    private boolean any(Predicate<Command> condition) {
        return results.keySet().stream().anyMatch(condition);
    }
}
