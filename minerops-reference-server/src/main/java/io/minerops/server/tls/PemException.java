package io.minerops.server.tls;

import java.nio.file.Path;

/** A PEM file cannot be used; the message names the file and what would be accepted, and shows nothing of a key. */
public final class PemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PemException(Path file, String fault) {
        super(file + " " + fault);
    }
}
