package io.minerops.core.device.internal.reading;

import io.minerops.core.device.internal.reading.Attempts.Result;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.Endpoint;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** The requests of one reading: the commands still to be sent, those under way, and whether they go together. */
final class Requests {
    private final Attempts attempts;
    private final Deque<Command> wanted;
    private List<Command> inFlight = List.of();
    private Joining joining;

    Requests(DeviceProfile profile, Attempts attempts) {
        this.attempts = attempts;
        wanted = new ArrayDeque<>(profile.commands());
        joining = profile.joining();
    }

    /** Whether nothing is left to be sent. */
    boolean areSent() {
        return wanted.isEmpty();
    }

    void add(Collection<Command> commands) {
        wanted.addAll(commands);
    }

    /** Adds those that were not sent yet and whose web server does not require a login. */
    void addNew(List<Command> commands) {
        for (Command command : commands) {
            if (attempts.isNew(command) && !attempts.isLocked(command.endpoint())) {
                wanted.add(command);
            }
        }
    }

    void replaceBy(List<Command> commands) {
        wanted.clear();
        wanted.addAll(commands);
    }

    /** Sends nothing more to an endpoint. */
    void dropAt(Endpoint endpoint) {
        wanted.removeIf(command -> command.endpoint() == endpoint);
    }

    /** The commands of the next request, from now on under way; none where nothing is left. */
    List<Command> next() {
        inFlight = wanted.isEmpty() ? List.of() : together(wanted.getFirst());
        wanted.removeAll(inFlight);
        attempts.sent(inFlight);
        return inFlight;
    }

    private List<Command> together(Command first) {
        if (joining == Joining.NEVER || !first.joinable()) {
            return List.of(first);
        }
        return wanted.stream().filter(Command::joinable).toList();
    }

    /** The commands of the last request. */
    List<Command> inFlight() {
        return inFlight;
    }

    /** The first command of the last request. */
    Command first() {
        return inFlight.get(0);
    }

    /** Whether the last request was for several commands. */
    boolean joined() {
        return inFlight.size() > 1;
    }

    void endAll(Result result) {
        inFlight.forEach(command -> attempts.ended(command, result));
    }

    void retryOneByOne() {
        joining = Joining.NEVER;
        attempts.forget(inFlight);
        wanted.addAll(inFlight);
    }

    void joiningProven() {
        joining = Joining.PROVEN;
    }

    Joining joining() {
        return joining;
    }
}
