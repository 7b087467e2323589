package io.minerops.core.job;

/** The jobs of a {@link io.minerops.core.MinerOps}, in the order of their status. */
public enum Job {
    /** Polls the miners and stores what they report. */
    POLL_METRICS("poll-metrics"),
    /** Checks the rules, raises and resolves alerts. */
    CHECK_ALERTS("check-alerts"),
    /** Calculates what the fleet earns and stores it. */
    CALCULATE_PROFITABILITY("calculate-profitability"),
    /** Sends the messages that are due. */
    DISPATCH_NOTIFICATIONS("dispatch-notifications"),
    /** Deletes what is older than its retention. */
    PRUNE_HISTORY("prune-history"),
    /** Makes a backup of the store; only where the builder was given a {@code backupTarget}. */
    BACK_UP_STORE("back-up-store"),
    /** Sends the statement of the last month, once; only where the builder was given a {@code statementNotifier}. */
    SEND_STATEMENT("send-statement");

    private final String key;

    Job(String key) {
        this.key = key;
    }

    /** Its name in {@link JobStatus}, in events, metrics and leases. */
    public String key() {
        return key;
    }
}
