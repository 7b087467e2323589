package io.minerops.server.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.server.certify.SignedCertificate.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedCertificateTest {
    @TempDir
    private Path folder;

    private Path keyFile;
    private SigningKey key;
    private byte[] file;

    @BeforeEach
    void sign() {
        keyFile = folder.resolve("certificate.key");
        key = SigningKey.of(keyFile);
        file = SignedCertificate.sign(Certificates.day("rack1", 72), Certificates.ISSUE, key);
    }

    private static String problem(byte[] changed) {
        return String.valueOf(SignedCertificate.verify(changed, null).problem());
    }

    private byte[] replaced(String what, String by) {
        String text = new String(file, StandardCharsets.UTF_8);
        assertThat(text).contains(what);
        return text.replace(what, by).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_certificate_is_as_it_was_signed() {
        Verification found = SignedCertificate.verify(file, PublicKeys.fingerprint(key.publicKey()));

        assertThat(found.problem()).isNull();
        assertThat(found.fingerprint()).isEqualTo(PublicKeys.fingerprint(key.publicKey()));
        assertThat(found.certificate()).isNotNull();
    }

    @Test
    void a_change_of_any_byte_is_found() {
        for (int index = 0; index < file.length; index++) {
            byte[] changed = file.clone();
            changed[index] ^= (byte) (1 << index % 8);

            assertThat(SignedCertificate.verify(changed, null).problem())
                    .as("byte %d, %s", index, (char) file[index])
                    .isNotNull();
        }
    }

    @Test
    void bytes_that_are_added_or_missing_are_found() {
        byte[] shorter = Arrays.copyOf(file, file.length - 1);
        byte[] longer = Arrays.copyOf(file, file.length + 1);
        longer[file.length] = '\n';

        assertThat(problem(shorter)).startsWith("changed since it was signed");
        assertThat(problem(longer)).startsWith("changed since it was signed");
    }

    @Test
    void a_changed_verdict_is_found() {
        assertThat(problem(replaced("\"verdict\":\"pass\",\"version\"", "\"verdict\":\"fail\",\"version\"")))
                .isEqualTo("changed since it was signed: the signature is not that of this content");
    }

    @Test
    void the_same_content_in_another_form_is_not_what_was_signed() {
        assertThat(problem(replaced("{\"certificate\":", "{ \"certificate\":")))
                .isEqualTo("changed since it was signed: the file is not in the form in which it was written");
        assertThat(problem(replaced("}\n", ",\"more\":1}\n"))).startsWith("changed since it was signed");
    }

    @Test
    void a_certificate_that_another_key_signed_again_is_whole_and_not_by_the_expected_key() {
        SigningKey other = SigningKey.of(folder.resolve("other.key"));
        byte[] forged = SignedCertificate.sign(Certificates.day("rack1", 72), Certificates.ISSUE, other);
        String expected = PublicKeys.fingerprint(key.publicKey());

        assertThat(SignedCertificate.verify(forged, null).problem()).isNull();
        assertThat(SignedCertificate.verify(forged, expected).problem())
                .isEqualTo("signed with another key: its fingerprint is " + PublicKeys.fingerprint(other.publicKey())
                        + ", not " + expected);
    }

    @Test
    void what_is_no_certificate_is_named_as_such() {
        assertThat(problem("hello".getBytes(StandardCharsets.UTF_8))).isEqualTo("not a certificate: it is not JSON");
        assertThat(problem(new byte[0])).startsWith("not a certificate");
        assertThat(problem("{\"certificate\":{\"format\":\"other\"}}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("not a certificate: it has no certificate of format minerops-burn-in-certificate");
        assertThat(problem("[".repeat(100_000).getBytes(StandardCharsets.UTF_8)))
                .startsWith("not a certificate");
        assertThat(problem("{\"certificate\":1e999999999}".getBytes(StandardCharsets.UTF_8)))
                .startsWith("not a certificate");
    }

    @Test
    void a_version_that_is_not_known_is_named() {
        assertThat(problem(replaced("\"version\":1,", "\"version\":2,")))
                .isEqualTo("unknown version \"2\": this program knows version 1");
    }

    @Test
    void a_number_of_any_size_is_refused_without_writing_it_out() {
        assertThat(problem(replaced("\"version\":1,", "\"version\":1,\"x\":1e999999999,")))
                .startsWith("changed since it was signed");
    }

    @Test
    void the_form_is_that_of_rfc_8785() throws IOException {
        JsonNode node = new ObjectMapper()
                .readTree("{\"\\u20ac\":\"Euro\",\"\\r\":\"CR\",\"1\":[1.50,100,0.000001,-0.5,true,null],"
                        + "\"\\ud83d\\ude00\":\"\\u000f\\n'\\\"\\\\/\",\"\\ufb33\":{}}");

        // the order of the RFC's own example: by UTF-16 code units
        assertThat(new String(CanonicalJson.bytes(node), StandardCharsets.UTF_8))
                .isEqualTo("{\"\\r\":\"CR\",\"1\":[1.5,100,0.000001,-0.5,true,null],\"€\":\"Euro\","
                        + "\"😀\":\"\\u000f\\n'\\\"\\\\/\",\"\uFB33\":{}}");
    }

    @Test
    void nan_is_null_and_figures_have_six_decimals() throws IOException {
        JsonNode certificate = CanonicalJson.read(file).path("certificate");

        assertThat(certificate.path("criteria").path("boards").isNull()).isTrue();
        assertThat(certificate.path("work").path("claimed_ths").decimalValue()).isEqualByComparingTo("201.3");
        assertThat(certificate.path("work").path("proven_ths").decimalValue().scale())
                .isLessThanOrEqualTo(6);
    }

    @Nested
    class Keys {
        @Test
        void the_key_is_made_once_and_for_its_owner_alone() throws IOException {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
                    .isEqualTo("rw-------");
            assertThat(SigningKey.of(keyFile).publicKey()).isEqualTo(key.publicKey());
        }

        @Test
        void a_key_that_others_may_read_is_refused() throws IOException {
            Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-r--r--"));

            assertThatThrownBy(() -> SigningKey.of(keyFile))
                    .hasMessageContaining("others than its owner may read it; chmod 600 it");
        }

        @Test
        void the_private_key_is_in_no_text() throws IOException {
            String secret = Files.readAllLines(keyFile).get(1);
            String page = CertificatePage.of(
                    Certificates.day("rack1", 72), Certificates.ISSUE, PublicKeys.fingerprint(key.publicKey()));

            assertThat(key.toString()).isEqualTo("SigningKey[" + PublicKeys.fingerprint(key.publicKey()) + "]");
            assertThat(new String(file, StandardCharsets.UTF_8)).doesNotContain(secret);
            assertThat(page).doesNotContain(secret);
        }

        @Test
        void a_damaged_key_is_refused_without_showing_it() throws IOException {
            String whole = Files.readString(keyFile);
            String secret = Files.readAllLines(keyFile).get(1);
            String otherPublic =
                    PublicKeys.pem(SigningKey.of(folder.resolve("other.key")).publicKey());
            for (String damaged : new String[] {
                "",
                whole.replace(secret, "AAAA" + secret.substring(4)),
                whole.replace(secret, secret.substring(8)),
                whole.substring(0, whole.indexOf("-----BEGIN PUBLIC")),
                whole.substring(0, whole.indexOf("-----BEGIN PUBLIC")) + otherPublic
            }) {
                Files.writeString(keyFile, damaged);

                assertThatThrownBy(() -> SigningKey.of(keyFile))
                        .hasMessageStartingWith("cannot use the signing key ")
                        .satisfies(e -> assertThat(trace(e)).doesNotContain(secret.substring(20)));
            }
        }

        private String trace(Throwable e) {
            StringWriter text = new StringWriter();
            e.printStackTrace(new PrintWriter(text));
            return text.toString();
        }

        @Test
        void an_expected_key_is_a_fingerprint_as_typed_or_a_file_with_the_public_key() throws IOException {
            String fingerprint = PublicKeys.fingerprint(key.publicKey());
            Path publicKey = Files.writeString(folder.resolve("public.pem"), PublicKeys.pem(key.publicKey()));

            assertThat(PublicKeys.expected(fingerprint.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:")))
                    .isEqualTo(fingerprint);
            assertThat(PublicKeys.expected(publicKey.toString())).isEqualTo(fingerprint);
            assertThat(PublicKeys.expected(keyFile.toString())).isEqualTo(fingerprint);
            assertThatThrownBy(() -> PublicKeys.expected("abc"))
                    .hasMessageContaining("--key must be a fingerprint of 64 hex digits or a file with a public key");
            Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
            assertThatThrownBy(() -> PublicKeys.expected(empty.toString())).hasMessageContaining("has no Ed25519");
        }

        @Test
        void a_signature_of_another_key_under_this_public_key_is_found() throws IOException {
            SigningKey other = SigningKey.of(folder.resolve("other.key"));
            ObjectNode root = (ObjectNode) CanonicalJson.read(file);
            byte[] content = CanonicalJson.bytes(root.path("certificate"));
            root.put("signature", Base64.getEncoder().encodeToString(other.sign(content)));
            String forged = new String(CanonicalJson.bytes(root), StandardCharsets.UTF_8) + "\n";

            assertThat(problem(forged.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo("changed since it was signed: the signature is not that of this content");
        }
    }
}
