package io.minerops.testkit.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Commands that one miner received, and their effects. Thread-safe. */
final class ControllableMiner {
    private static final Set<String> NEED_SESSION = Set.of("logoff", "resetminer", "ledset");

    private static final int SWITCHING_POOL = 27;
    private static final int INVALID_POOL = 8;
    private static final int LUXOS_DONE = 322;
    private static final int LUXOS_SESSION_IN_USE = 316;
    private static final int LUXOS_NO_SESSION = 402;

    private final Model model;
    private @Nullable Instant restartedAt;
    private int pool;
    private boolean ledOn;
    private boolean inSession;
    private int sessions;

    /**
     * How a miner responds to commands.
     *
     * @param letter S or E
     * @param session the session that it opened; null where it opened none
     */
    record Accepted(
            String letter,
            int code,
            String message,
            @Nullable String session) {}

    ControllableMiner(Model model) {
        this.model = model;
    }

    /** Executes a command; null if it is not a control command. */
    synchronized @Nullable Accepted accept(String command, String parameter, Instant now) {
        if (command.equals("switchpool")) {
            return switchPool(parameter);
        } else if (model.style() == Model.Style.LUXOS) {
            return luxos(command, parameter, now);
        } else if (command.equals("restart")) {
            restartedAt = now;
            return new Accepted("RESTART", 0, "", null);
        }
        return null;
    }

    /** What the miner is doing, including requested restarts. */
    synchronized MinerState state(MinerState usual, Instant now) {
        Instant restarted = restartedAt;
        return restarted == null ? usual : usual.restartedBefore(Duration.between(restarted, now));
    }

    /** The number of the pool that it works for. */
    synchronized int pool() {
        return pool;
    }

    /** Whether its light is on. */
    synchronized boolean ledOn() {
        return ledOn;
    }

    private Accepted switchPool(String parameter) {
        for (int number = 0; number < Sections.POOLS; number++) {
            if (parameter.equals(Integer.toString(number))) {
                pool = number;
                return new Accepted("S", SWITCHING_POOL, "Switching to pool " + number, null);
            }
        }
        return new Accepted("E", INVALID_POOL, "Invalid pool id " + parameter, null);
    }

    private @Nullable Accepted luxos(String command, String parameter, Instant now) {
        if (command.equals("logon")) {
            if (inSession) {
                return new Accepted("E", LUXOS_SESSION_IN_USE, "Another session is active", null);
            }
            inSession = true;
            sessions++;
            return new Accepted("S", LUXOS_DONE, "Session created", session());
        } else if (!NEED_SESSION.contains(command)) {
            return null;
        }
        String[] words = parameter.split(",", -1);
        if (!inSession || !words[0].equals(session())) {
            return new Accepted("E", LUXOS_NO_SESSION, "Invalid session id", null);
        }
        switch (command) {
            case "logoff" -> inSession = false;
            case "resetminer" -> restartedAt = now;
            default -> ledOn = !words[words.length - 1].equals("off");
        }
        return new Accepted("S", LUXOS_DONE, command + " done", null);
    }

    private String session() {
        return "session" + sessions;
    }
}
