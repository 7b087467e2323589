package io.minerops.server.cli;

/** The exit codes that all commands have in common, and the words by which their helps tell of them. */
public final class ExitCodes {
    /** Done. */
    public static final int DONE = 0;

    /** What was asked failed, or its result says so. */
    public static final int FAILED = 1;

    /** Arguments or settings that cannot be used; nothing was done. */
    public static final int UNUSABLE = 2;

    /** The heading of the list in a command's help. */
    public static final String HEADING = "%nExit codes:%n";

    /** How a help tells of {@link #DONE}. */
    public static final String DONE_WORDS = "0:done";

    /** How a help tells of {@link #FAILED}, where there is no more to say. */
    public static final String FAILED_WORDS = "1:failed";

    /** How a help tells of {@link #UNUSABLE}. */
    public static final String UNUSABLE_WORDS = "2:arguments or settings that cannot be used";

    private ExitCodes() {}
}
