package io.minerops.server;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Runs the command line and keeps what it says. */
public final class MainRun {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Supplier<CommandLine> commands;

    /** The command line of the server. */
    public MainRun() {
        this(Main::commandLine);
    }

    /** That command line. */
    public MainRun(Supplier<CommandLine> commands) {
        this.commands = commands;
    }

    /** Runs one command; its exit code. */
    public int run(String... arguments) {
        CommandLine commandLine = commands.get();
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
