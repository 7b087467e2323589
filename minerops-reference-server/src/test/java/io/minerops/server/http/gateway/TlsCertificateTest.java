package io.minerops.server.http.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minerops.server.access.FileFault;
import io.minerops.server.config.HttpConfig;
import io.minerops.server.support.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsCertificateTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TestCertificate FIRST = TestCertificate.of("EC", "first");

    private final FileFault fault = new FileFault("certificate");

    @TempDir
    private Path folder;

    @Test
    void a_renewed_certificate_that_cannot_be_used_or_is_gone_is_a_fault_until_one_can() throws Exception {
        Path certificate = folder.resolve("cert.pem");
        Path key = folder.resolve("key.pem");
        FIRST.write(certificate, key);
        try (TlsCertificate watched = TlsCertificate.watching(new HttpConfig.Tls(certificate, key), fault)) {
            watched.factory().start();
            assertThat(fault.fault()).isEmpty();

            Files.writeString(certificate, "no certificate");
            await().atMost(PATIENCE).until(() -> fault.fault().isPresent());
            assertThat(fault.fault().orElseThrow()).contains("cert.pem", "the certificate before it is still used");

            FIRST.write(certificate, key);
            await().atMost(PATIENCE).until(() -> fault.fault().isEmpty());

            Files.delete(key);
            await().atMost(PATIENCE).until(() -> fault.fault().isPresent());
            assertThat(fault.fault().orElseThrow()).contains("key.pem");

            FIRST.write(certificate, key);
            await().atMost(PATIENCE).until(() -> fault.fault().isEmpty());
            watched.factory().stop();
        }
    }
}
