package io.minerops.notify;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key and a self-signed certificate that names {@code localhost} and nothing else, made once by the JDK's keytool. */
public final class LocalhostCertificate {
    public static final String PASSWORD = "changeit";

    private static final Path STORE = create();

    private LocalhostCertificate() {}

    /** The PKCS #12 file. */
    public static Path store() {
        return STORE;
    }

    /** Serves with the key, and trusts the certificate. */
    public static SSLContext context() {
        try (InputStream file = Files.newInputStream(STORE)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(file, PASSWORD.toCharArray());
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, PASSWORD.toCharArray());
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(keys);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("no certificate", e);
        }
    }

    private static Path create() {
        try {
            Path directory = Files.createTempDirectory("minerops-tls");
            directory.toFile().deleteOnExit();
            Path store = directory.resolve("localhost.p12");
            String keytool =
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            Process process = new ProcessBuilder(
                            keytool,
                            "-genkeypair",
                            "-alias",
                            "localhost",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=mail test",
                            "-ext",
                            "san=dns:localhost",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("keytool failed: " + said);
            }
            store.toFile().deleteOnExit();
            // the certificate is its own authority
            trustOwn(store);
            return store;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("no certificate", e);
        }
    }

    private static void trustOwn(Path store) throws IOException {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream file = Files.newInputStream(store)) {
                keys.load(file, PASSWORD.toCharArray());
            }
            keys.setCertificateEntry("trusted", keys.getCertificate("localhost"));
            try (OutputStream file = Files.newOutputStream(store)) {
                keys.store(file, PASSWORD.toCharArray());
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
