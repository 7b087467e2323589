package io.minerops.server.certify;

import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.http.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the public part of the key that certificates are signed with. */
@Command(
        name = "key",
        description = "Shows the fingerprint and the public key that certificates are signed with, for those who verify"
                + " them. Makes the key where there is none.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_WORDS, "1:the key cannot be read or made", ExitCodes.UNUSABLE_WORDS})
final class CertifyKeyCommand implements Runnable {
    @Mixin
    private final KeyOption key = new KeyOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        SigningKey signing = SigningKey.of(key.file());
        String fingerprint = PublicKeys.fingerprint(signing.publicKey());
        String pem = PublicKeys.pem(signing.publicKey());
        json.write(
                spec,
                JsonObject.ok()
                        .text("file", key.file().toString())
                        .text("fingerprint", fingerprint)
                        .text("public_key", pem),
                fingerprint + System.lineSeparator() + pem);
    }
}
