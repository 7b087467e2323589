package io.minerops.server.tls;

import io.minerops.server.access.SecretFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a certificate with those that lead to its root, and its key, as certificate authorities hand them out: PEM (RFC
 * 7468), the server's own certificate first, the key in PKCS#8, RSA or EC, not encrypted.
 */
public final class PemFiles {
    private static final long MAX_BYTES = 1024 * 1024;
    private static final String KEY_ACCEPTED = "a PKCS#8 key of RSA or EC, -----BEGIN PRIVATE KEY-----";
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** Other forms of keys, and how they are made one that is accepted. */
    private static final Map<String, String> OTHER_KEYS = Map.of(
            "BEGIN RSA PRIVATE KEY", "is a key in PKCS#1",
            "BEGIN EC PRIVATE KEY", "is a key in SEC 1",
            "BEGIN ENCRYPTED PRIVATE KEY", "is a key with a passphrase",
            "BEGIN OPENSSH PRIVATE KEY", "is a key of OpenSSH");

    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

    private PemFiles() {}

    /**
     * A key store with the certificate and its key, for which no password is needed but the one given.
     *
     * @param certificates the file of the certificate and those that follow it
     * @param key the file of its key
     * @param password of the key store in memory
     * @throws PemException where one of the files cannot be used, or they do not belong together
     */
    public static KeyStore read(Path certificates, Path key, char[] password) {
        Certificate[] chain = certificates(certificates);
        PrivateKey privateKey = key(key);
        try {
            checkPair(certificates, chain[0].getPublicKey(), key, privateKey);
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry("minerops", privateKey, password, chain);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java has key stores in memory", e);
        }
    }

    private static Certificate[] certificates(Path file) {
        byte[] bytes = bytes(file);
        if (!text(bytes).contains("-----BEGIN CERTIFICATE-----")) {
            throw new PemException(file, "holds no certificate; accepted: PEM, -----BEGIN CERTIFICATE-----");
        }
        try {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
            X509Certificate[] chain = found.toArray(X509Certificate[]::new);
            checkOrder(file, chain);
            return chain;
        } catch (CertificateException e) {
            throw new PemException(file, "holds a certificate that is damaged; accepted: X.509 certificates as PEM");
        }
    }

    private static void checkOrder(Path file, X509Certificate[] chain) {
        for (int i = 1; i < chain.length; i++) {
            if (!chain[i - 1].getIssuerX500Principal().equals(chain[i].getSubjectX500Principal())) {
                throw new PemException(
                        file,
                        "holds as certificate " + (i + 1) + " another than the issuer of the one before; accepted: the"
                                + " server's own, then each one's issuer");
            }
        }
    }

    private static PrivateKey key(Path file) {
        String text = text(bytes(file));
        checkPermissions(file);
        OTHER_KEYS.forEach((mark, what) -> {
            if (text.contains(mark)) {
                throw new PemException(
                        file,
                        what + "; accepted: " + KEY_ACCEPTED
                                + ", which openssl pkcs8 -topk8 -nodes -in FILE makes of it");
            }
        });
        Matcher matcher = KEY.matcher(text);
        if (!matcher.find()) {
            throw new PemException(file, "holds no private key; accepted: " + KEY_ACCEPTED);
        }
        byte[] encoded = decoded(file, matcher.group(1));
        return parsed("RSA", encoded)
                .or(() -> parsed("EC", encoded))
                .orElseThrow(() -> new PemException(
                        file, "holds a key that is neither RSA nor EC, or damaged; accepted: " + KEY_ACCEPTED));
    }

    private static byte[] decoded(Path file, String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new PemException(file, "holds a key that is damaged; accepted: " + KEY_ACCEPTED);
        }
    }

    /** Empty where the bytes are no key of that algorithm, be it because they are one of another. */
    private static Optional<PrivateKey> parsed(String algorithm, byte[] encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private static void checkPair(Path certificates, PublicKey publicKey, Path key, PrivateKey privateKey)
            throws GeneralSecurityException {
        boolean pair = publicKey.getAlgorithm().equals(privateKey.getAlgorithm());
        if (pair) {
            String algorithm = String.valueOf(SIGNATURES.get(privateKey.getAlgorithm()));
            byte[] sample = {1, 2, 3};
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(privateKey);
            signing.update(sample);
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(publicKey);
            checking.update(sample);
            pair = checking.verify(signing.sign());
        }
        if (!pair) {
            throw new PemException(
                    key, "is not the key of the first certificate in " + certificates + "; accepted: that key");
        }
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new PemException(file, "is larger than " + MAX_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new PemException(file, "is not there");
        } catch (IOException e) {
            throw new PemException(file, "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Whatever is no text has none of the marks that are looked for. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void checkPermissions(Path key) {
        try {
            if (SecretFile.isOpenToOthers(key)) {
                throw new PemException(key, "can be read or written by others; accepted: " + SecretFile.ACCEPTED);
            }
        } catch (IOException e) {
            throw new PemException(key, "cannot be checked (" + e.getClass().getSimpleName() + ")");
        }
    }
}
