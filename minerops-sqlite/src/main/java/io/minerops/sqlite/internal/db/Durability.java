package io.minerops.sqlite.internal.db;

/** What a commit must survive. Both survive the death of the process, and neither can leave half a transaction. */
public enum Durability {
    /** The last commits may be lost when the power goes: a poll is measured again in a moment. */
    PROCESS("NORMAL"),
    /** Nothing that was committed is lost when the power goes: alerts, messages, rules, what owners said. */
    POWER("FULL");

    private final String synchronous;

    Durability(String synchronous) {
        this.synchronous = synchronous;
    }

    /** SQLite's name for it. */
    String synchronous() {
        return synchronous;
    }
}
