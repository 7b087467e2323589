package io.minerops.server.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of 127.0.0.1 and its key, made for a test by the JDK's keytool.
 *
 * @param chain the certificate, then who vouches for it
 * @param key its key
 */
public record TestCertificate(List<X509Certificate> chain, PrivateKey key) {
    private static final String PASSWORD = "changeit";

    /** One with a key of that algorithm, RSA or EC, which vouches for itself. */
    public static TestCertificate of(String algorithm, String name) {
        return made(List.of(arguments("test", algorithm, name)));
    }

    /** One for which another vouches; that one's follows in the text of the certificate. */
    public static TestCertificate issued(String name) {
        List<String> root = arguments("root", "EC", "root");
        root.addAll(List.of("-ext", "bc:c"));
        List<String> own = arguments("test", "EC", name);
        own.addAll(List.of("-signer", "root"));
        return made(List.of(root, own));
    }

    private static List<String> arguments(String alias, String algorithm, String name) {
        return new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1"));
    }

    private static TestCertificate made(List<List<String>> calls) {
        try {
            Path folder = Files.createTempDirectory("minerops-certificate");
            Path store = folder.resolve("store.p12");
            for (List<String> call : calls) {
                keytool(store, call);
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            Files.delete(store);
            Files.delete(folder);
            return new TestCertificate(
                    Arrays.stream(keys.getCertificateChain("test"))
                            .map(X509Certificate.class::cast)
                            .toList(),
                    (PrivateKey) keys.getKey("test", PASSWORD.toCharArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool: " + said);
        }
    }

    /** The certificates as PEM. */
    public String certificatePem() {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : chain) {
            try {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        return text.toString();
    }

    /** The key as PEM, PKCS#8. */
    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /** Writes both, the key such that no other user can read it. */
    public void write(Path certificateFile, Path keyFile) throws IOException {
        Files.writeString(certificateFile, certificatePem());
        Files.writeString(keyFile, keyPem());
        close(keyFile);
    }

    /** Makes a file one that no other user can read. */
    public static void close(Path file) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** What a client takes that trusts these certificates and no others. */
    public static SSLContext trusting(TestCertificate... certificates) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (TestCertificate each : certificates) {
                X509Certificate certificate = each.chain().get(0);
                trusted.setCertificateEntry("test" + trusted.size(), certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An HTTP client that trusts these certificates and no others. */
    public static HttpClient client(TestCertificate... certificates) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .sslContext(trusting(certificates))
                .build();
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }
}
