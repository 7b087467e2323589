package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.minerops.server.support.RunningServer;
import io.minerops.server.support.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server by HTTPS. */
class TlsTest {
    private static final TestCertificate FIRST = TestCertificate.of("EC", "first");
    private static final TestCertificate SECOND = TestCertificate.of("RSA", "second");

    @TempDir
    private static Path folder;

    private static final RunningServer SERVER = RunningServer.of(1).with("API_TOKEN", "right-0123456789abcdefghij");

    @BeforeAll
    static void start() throws IOException {
        FIRST.write(certificate(), key());
        SERVER.with("TLS_CERT_FILE", certificate().toString())
                .with("TLS_KEY_FILE", key().toString())
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        SERVER.close();
    }

    private static Path certificate() {
        return folder.resolve("cert.pem");
    }

    private static Path key() {
        return folder.resolve("key.pem");
    }

    @Test
    void it_answers_by_https_and_says_that_it_stays_so() throws Exception {
        HttpResponse<String> answer = get(TestCertificate.client(FIRST, SECOND), "/healthz");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.uri().getScheme()).isEqualTo("https");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=15552000");
    }

    @Test
    void a_session_cookie_goes_by_tls_only() throws Exception {
        HttpRequest login = HttpRequest.newBuilder(uri("/api/session"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"token\":\"right-0123456789abcdefghij\"}"))
                .build();

        HttpResponse<String> answer = TestCertificate.client(FIRST, SECOND).send(login, BodyHandlers.ofString());

        assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("__Host-minerops_session=")
                .endsWith("; Path=/; HttpOnly; SameSite=Strict; Secure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void versions_that_hold_are_taken(String version) throws Exception {
        assertThat(handshake(version)).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    void older_versions_are_refused(String version) {
        assertThatExceptionOfType(SSLException.class).isThrownBy(() -> handshake(version));
    }

    @Test
    void a_renewed_certificate_is_taken_and_a_broken_one_is_not() throws Exception {
        Files.writeString(certificate(), "nonsense");
        SECOND.write(certificate(), key());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(seen()).isEqualTo("CN=second"));

        Files.writeString(key(), "nonsense");
        FIRST.write(certificate(), key());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(seen()).isEqualTo("CN=first"));
    }

    private static String seen() throws IOException {
        try (SSLSocket socket = connect()) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private static String handshake(String version) throws IOException {
        try (SSLSocket socket = connect()) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    private static SSLSocket connect() throws IOException {
        URI uri = SERVER.server().uri();
        SSLSocket socket = (SSLSocket)
                TestCertificate.trusting(FIRST, SECOND).getSocketFactory().createSocket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static HttpResponse<String> get(HttpClient client, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return SERVER.server().uri().resolve(path);
    }
}
