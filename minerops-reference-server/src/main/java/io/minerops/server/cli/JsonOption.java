package io.minerops.server.cli;

import io.minerops.server.http.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether results and failures are written for programs. */
public final class JsonOption {
    /** The option's name. */
    static final String NAME = "--json";

    @Option(names = NAME, description = "write the result as JSON, and a failure as JSON to the error output")
    private boolean json;

    /** Whether programs read the result. */
    public boolean isSet() {
        return json;
    }

    /** Writes a result: the object, or the text for people, which ends its last line itself. */
    public void write(CommandSpec spec, JsonObject object, String text) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(object.pretty());
        } else {
            out.print(text);
        }
        out.flush();
    }
}
