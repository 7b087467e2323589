package io.minerops.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.minerops.server.support.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemFilesTest {
    private static final TestCertificate RSA = TestCertificate.of("RSA", "rsa");
    private static final TestCertificate EC = TestCertificate.of("EC", "ec");
    private static final char[] PASSWORD = "in-memory".toCharArray();

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void files() throws IOException {
        certificate = folder.resolve("cert.pem");
        key = folder.resolve("key.pem");
        RSA.write(certificate, key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void a_certificate_and_its_key_are_read(String algorithm) throws Exception {
        (algorithm.equals("RSA") ? RSA : EC).write(certificate, key);

        KeyStore store = PemFiles.read(certificate, key, PASSWORD);

        assertThat(store.getKey("minerops", PASSWORD).getAlgorithm()).isEqualTo(algorithm);
    }

    @Test
    void the_certificates_that_follow_are_kept() throws Exception {
        TestCertificate.issued("leaf").write(certificate, key);

        assertThat(PemFiles.read(certificate, key, PASSWORD).getCertificateChain("minerops"))
                .hasSize(2);
    }

    @Test
    void certificates_that_do_not_follow_each_other_are_refused() throws IOException {
        Files.writeString(certificate, RSA.certificatePem() + EC.certificatePem());

        assertThat(refusal())
                .startsWith(certificate.toString())
                .contains("certificate 2")
                .contains("issuer");
    }

    @Test
    void the_key_of_another_certificate_is_refused() throws IOException {
        Files.writeString(key, TestCertificate.of("RSA", "other").keyPem());
        assertThat(refusal()).startsWith(key.toString()).contains("is not the key of the first certificate");

        Files.writeString(key, EC.keyPem());
        assertThat(refusal()).startsWith(key.toString()).contains("is not the key of the first certificate");
    }

    @ParameterizedTest
    @CsvSource({
        "RSA PRIVATE KEY, is a key in PKCS#1",
        "EC PRIVATE KEY, is a key in SEC 1",
        "ENCRYPTED PRIVATE KEY, is a key with a passphrase",
        "OPENSSH PRIVATE KEY, is a key of OpenSSH",
        "PUBLIC KEY, holds no private key"
    })
    void another_form_of_key_is_reported_by_its_name_and_what_is_accepted(String form, String what) throws IOException {
        Files.writeString(key, RSA.keyPem().replace("PRIVATE KEY", form));

        assertThat(refusal()).startsWith(key + " " + what).contains("accepted: a PKCS#8 key of RSA or EC");
    }

    @Test
    void damaged_files_are_distinguished() throws IOException {
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThat(refusal()).startsWith(key.toString()).contains("neither RSA nor EC, or damaged");

        RSA.write(certificate, key);
        Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThat(refusal()).startsWith(certificate.toString()).contains("damaged");

        Files.writeString(certificate, "");
        assertThat(refusal()).startsWith(certificate.toString()).contains("holds no certificate");

        Files.delete(certificate);
        assertThat(refusal()).isEqualTo(certificate + " is not there");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void a_key_that_others_can_read_is_refused() throws IOException {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(refusal()).startsWith(key.toString()).contains("by others").contains("chmod");
    }

    private String refusal() {
        PemException refusal =
                catchThrowableOfType(PemException.class, () -> PemFiles.read(certificate, key, PASSWORD));
        assertThat(refusal).isNotNull();
        return String.valueOf(refusal.getMessage());
    }
}
