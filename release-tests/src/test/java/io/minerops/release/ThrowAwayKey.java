package io.minerops.release;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.jcajce.JcaPGPObjectFactory;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPDigestCalculatorProviderBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyPair;
import org.bouncycastle.openpgp.operator.jcajce.JcePBESecretKeyEncryptorBuilder;

/** An OpenPGP key that lives as long as a test. */
final class ThrowAwayKey {
    private static final char[] PASSPHRASE = "only for tests".toCharArray();

    private final PGPSecretKey secret;

    private ThrowAwayKey(PGPSecretKey secret) {
        this.secret = secret;
    }

    @SuppressWarnings("JavaUtilDate") // what Bouncy Castle takes
    static ThrowAwayKey generate() throws GeneralSecurityException, PGPException {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(3072);
        PGPKeyPair pair = new JcaPGPKeyPair(
                PublicKeyPacket.VERSION_4,
                PublicKeyAlgorithmTags.RSA_GENERAL,
                rsa.generateKeyPair(),
                Date.from(Instant.now()));
        var digests = new JcaPGPDigestCalculatorProviderBuilder().build();
        var sha1 = digests.get(HashAlgorithmTags.SHA1);
        return new ThrowAwayKey(new PGPSecretKey(
                PGPSignature.DEFAULT_CERTIFICATION,
                pair,
                "release test <release-test@localhost>",
                sha1,
                null,
                null,
                new JcaPGPContentSignerBuilder(pair.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256),
                new JcePBESecretKeyEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256, sha1).build(PASSPHRASE)));
    }

    /** The secret key in ASCII armour, as the signing plugin takes it. */
    String armoured() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArmoredOutputStream armour = ArmoredOutputStream.builder().build(bytes)) {
            secret.encode(armour);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    String passphrase() {
        return new String(PASSPHRASE);
    }

    /** Whether the detached signature is one of this key over the file. */
    boolean signed(Path file, Path signature) throws IOException, PGPException {
        PGPPublicKey key = secret.getPublicKey();
        try (InputStream armoured = PGPUtil.getDecoderStream(Files.newInputStream(signature))) {
            PGPSignature found = ((PGPSignatureList) new JcaPGPObjectFactory(armoured).nextObject()).get(0);
            if (found.getKeyID() != key.getKeyID()) {
                return false;
            }
            found.init(new JcaPGPContentVerifierBuilderProvider(), key);
            found.update(Files.readAllBytes(file));
            return found.verify();
        }
    }
}
