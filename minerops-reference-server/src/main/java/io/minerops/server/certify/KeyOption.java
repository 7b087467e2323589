package io.minerops.server.certify;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The file of the key that certificates are signed with. */
final class KeyOption {
    @Option(
            names = "--signing-key",
            paramLabel = "FILE",
            defaultValue = "${env:CERTIFICATE_KEY_FILE:-minerops-certificate.key}",
            description = "the file of the Ed25519 key that signs, made at first use for its owner alone; default:"
                    + " CERTIFICATE_KEY_FILE of the environment, else minerops-certificate.key")
    private Path file = Path.of("minerops-certificate.key");

    Path file() {
        return file;
    }
}
