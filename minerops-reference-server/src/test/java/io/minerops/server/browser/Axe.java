package io.minerops.server.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.JavascriptExecutor;

/** What axe-core finds on a page. */
final class Axe {
    private static final String SCRIPT = read("/axe.min.js");

    private static final String RUN = """
            const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then((found) => done(found.violations
              .filter(({ impact }) => impact === 'serious' || impact === 'critical')
              .flatMap(({ id, impact, help, nodes }) => nodes.map(({ target, failureSummary }) =>
                `${impact} ${id} at ${target.join(' ')}: ${help}; ${failureSummary}`))),
              (error) => done([`axe failed: ${error}`]));
            """;

    private Axe() {}

    /** The findings that are serious or critical; every check of axe's default set is made. */
    @SuppressWarnings("unchecked") // the script gives a list of texts
    static List<String> severeFindings(JavascriptExecutor page) {
        page.executeScript(SCRIPT);
        return (List<String>) page.executeAsyncScript(RUN);
    }

    private static String read(String resource) {
        try (InputStream in = Axe.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
