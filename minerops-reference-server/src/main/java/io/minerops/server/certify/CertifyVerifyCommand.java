package io.minerops.server.certify;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.http.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a certificate file. */
@Command(
        name = "verify",
        description = "Checks that a certificate is as it was signed. Without --key this shows that it was not changed,"
                + " and not who signed it.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {
            "0:the certificate is as it was signed, and by the key of --key",
            "1:it is not, or the file cannot be read",
            ExitCodes.UNUSABLE_WORDS
        })
final class CertifyVerifyCommand implements Callable<Integer> {
    private static final long MAX_BYTES = 4L * 1024 * 1024;
    private static final String UNKNOWN_SIGNER =
            "Without --key this only shows that the file is as it was signed, and not"
                    + " who signed it: compare the fingerprint with one that you have from the signer.";

    @Parameters(paramLabel = "FILE", description = "the JSON file of the certificate")
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private Path file;

    @Option(
            names = "--key",
            paramLabel = "FINGERPRINT|FILE",
            description = "the key that must have signed it: its fingerprint, or a file with the public key in PEM")
    private @Nullable String key;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    /** The exit code: 0 where the certificate is as it was signed. */
    @Override
    public Integer call() {
        SignedCertificate.Verification found =
                SignedCertificate.verify(read(), key == null ? null : PublicKeys.expected(key));
        json.write(spec, object(found), text(found));
        return found.problem() == null ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private byte[] read() {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it is too large for a certificate");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private JsonObject object(SignedCertificate.Verification found) {
        JsonObject object = JsonObject.object().flag("ok", found.problem() == null);
        JsonNode certificate = found.certificate();
        if (certificate == null) {
            return object.text("error", found.problem()).text("file", file.toString());
        }
        return object.text("file", file.toString())
                .flag("signer_checked", key != null)
                .text("fingerprint", found.fingerprint())
                .text("verdict", certificate.path("verdict").asText())
                .text("miner_ip", certificate.path("miner_ip").asText())
                .text("issued_at", certificate.path("issued_at").asText());
    }

    private String text(SignedCertificate.Verification found) {
        JsonNode certificate = found.certificate();
        if (certificate == null) {
            return String.format("%s: NOT VALID: %s%n", file, found.problem());
        }
        JsonNode device = certificate.path("device");
        String text = String.format(
                "%s: as it was signed%nverdict     %s%nminer       %s %s%nmac         %s%nserial      %s%n"
                        + "watched     %s to %s%nissued      %s%nsigned by   %s%n",
                file,
                certificate.path("verdict").asText().replace('_', ' '),
                certificate.path("miner_ip").asText(),
                shown(device.path("model")),
                shown(device.path("mac")),
                shown(device.path("serial")),
                certificate.path("watch").path("from").asText(),
                certificate.path("watch").path("until").asText(),
                certificate.path("issued_at").asText(),
                found.fingerprint());
        return key == null ? text + UNKNOWN_SIGNER + System.lineSeparator() : text;
    }

    /** Text of a device, which may be hostile to a terminal. */
    private static String shown(JsonNode text) {
        return text.isTextual() ? text.textValue().replaceAll("\\p{Cntrl}", "?") : "-";
    }
}
