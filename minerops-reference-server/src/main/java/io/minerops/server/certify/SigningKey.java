package io.minerops.server.certify;

import io.minerops.api.internal.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Ed25519 key that certificates are signed with. Its private part leaves this class only into its file. */
final class SigningKey {
    private static final Pattern PRIVATE =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private SigningKey(PrivateKey privateKey, PublicKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /**
     * The key of a file: PEM with a private and a public key. A file that does not exist is made, readable by its owner
     * alone, with a new key.
     *
     * @throws UncheckedIOException if it cannot be read or made, has no such keys, or others may read it
     */
    static SigningKey of(Path file) {
        try {
            if (Files.notExists(file)) {
                create(file);
            }
            if (PrivateFiles.isOpenToOthers(file)) {
                throw new IOException("others than its owner may read it; chmod 600 it, or use another key");
            }
            return parse(PublicKeys.read(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the signing key " + file + ": " + e.getMessage(), e);
        }
    }

    private static void create(Path file) throws IOException {
        KeyPair pair = generate();
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n"
                + PublicKeys.pem(pair.getPublic());
        try {
            PrivateFiles.writeWhole(file, partial -> Files.writeString(partial, pem, StandardCharsets.US_ASCII));
        } catch (FileAlreadyExistsException e) {
            // another process was first, and its key is as good
        }
    }

    private static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance(PublicKeys.ALGORITHM).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java since 15 has Ed25519", e);
        }
    }

    private static SigningKey parse(String pem) throws IOException {
        Matcher found = PRIVATE.matcher(pem);
        PublicKey publicKey = PublicKeys.ofPem(pem)
                .orElseThrow(() -> new IOException("it has no Ed25519 public key (BEGIN PUBLIC KEY)"));
        if (!found.find()) {
            throw new IOException("it has no private key (BEGIN PRIVATE KEY)");
        }
        SigningKey key = new SigningKey(privateKey(found.group(1)), publicKey);
        byte[] probe = PublicKeys.text(publicKey).getBytes(StandardCharsets.US_ASCII);
        if (!verifies(publicKey, probe, key.sign(probe))) {
            throw new IOException("its private and its public key do not belong together");
        }
        return key;
    }

    @SuppressWarnings("UnusedException") // an exception of the decoder may name what it read
    private static PrivateKey privateKey(String base64) throws IOException {
        try {
            byte[] encoded = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            return KeyFactory.getInstance(PublicKeys.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IOException("its private key is not an Ed25519 key");
        }
    }

    PublicKey publicKey() {
        return publicKey;
    }

    byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(PublicKeys.ALGORITHM);
            signature.initSign(privateKey);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with an Ed25519 key", e);
        }
    }

    static boolean verifies(PublicKey key, byte[] content, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(PublicKeys.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(content);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // it is no signature at all, such as one that is too short
            return false;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("cannot verify with an Ed25519 key", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + PublicKeys.fingerprint(publicKey) + "]";
    }
}
