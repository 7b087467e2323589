package io.minerops.server.cli;

/** The exit codes of all commands, and their help texts. */
public final class ExitCodes {
    /** Done. */
    public static final int DONE = 0;

    /** The command failed, or its check found a problem. */
    public static final int FAILED = 1;

    /** Arguments or settings that cannot be used; nothing was done. */
    public static final int UNUSABLE = 2;

    /** The user ended the command, such as by Ctrl-C: 128 and the number of SIGINT. */
    public static final int INTERRUPTED = 130;

    /** The heading of the list in a command's help. */
    public static final String HEADING = "%nExit codes:%n";

    /** Help text of {@link #DONE}. */
    public static final String DONE_WORDS = "0:done";

    /** Help text of {@link #FAILED}, where there is no more to say. */
    public static final String FAILED_WORDS = "1:failed";

    /** Help text of {@link #UNUSABLE}. */
    public static final String UNUSABLE_WORDS = "2:invalid arguments or settings";

    private ExitCodes() {}
}
