package io.minerops.server.access;

import java.util.List;

/** A token file has errors; each is listed with its line, and none shows a token. */
public final class TokenFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<String> faults;

    TokenFileException(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    /** One clause per fault, each with the file's name. */
    public List<String> faults() {
        return faults;
    }
}
