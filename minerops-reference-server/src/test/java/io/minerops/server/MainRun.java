package io.minerops.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs the command line and keeps what it says. */
public final class MainRun {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Runs one command; its exit code. */
    public int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }

    /** What all commands have said so far. */
    public String out() {
        return out.toString();
    }

    /** What all commands have complained of so far. */
    public String err() {
        return err.toString();
    }
}
