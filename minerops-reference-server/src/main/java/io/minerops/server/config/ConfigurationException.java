package io.minerops.server.config;

import java.util.List;

/** The settings cannot be used; every problem is listed at once, and none shows a secret. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence per problem, each beginning with the setting's name. */
    public List<String> problems() {
        return problems;
    }
}
