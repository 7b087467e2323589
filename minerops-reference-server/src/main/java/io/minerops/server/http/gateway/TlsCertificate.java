package io.minerops.server.http.gateway;

import io.minerops.api.internal.DaemonThreads;
import io.minerops.server.access.FileFault;
import io.minerops.server.access.FileStamp;
import io.minerops.server.config.HttpConfig;
import io.minerops.server.tls.PemException;
import io.minerops.server.tls.PemFiles;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate by which this server is known, reloaded when its files have changed, so that a renewal needs no
 * restart. Files that cannot be used or are gone leave the one before in force; that is a fault of readiness, and is logged
 * once.
 */
final class TlsCertificate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsCertificate.class);

    /** How often the files are looked at. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final HttpConfig.Tls files;
    private final FileFault fault;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();

    /** Of the key store, which is in memory only. */
    private final String password = UUID.randomUUID().toString();

    private final ScheduledExecutorService watch;
    private List<FileStamp> seen;

    private TlsCertificate(HttpConfig.Tls files, FileFault fault) {
        this.files = files;
        this.fault = fault;
        this.seen = stamps();
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        factory.setKeyStorePassword(password);
        factory.setKeyStore(read());
        watch = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("tls-certificate"));
    }

    /**
     * The certificate of those files, watched from now on.
     *
     * @param fault is given what is wrong with them
     * @throws PemException where they cannot be used
     */
    static TlsCertificate watching(HttpConfig.Tls files, FileFault fault) {
        TlsCertificate certificate = new TlsCertificate(files, fault);
        // it ends with this; no thread waits for it
        var unused = certificate.watch.scheduleWithFixedDelay(
                certificate::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return certificate;
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }

    private void look() {
        try {
            lookAgain();
        } catch (RuntimeException | Error e) {
            // a task that throws would never be run again, and no renewal be seen
            LOG.error("the files of the certificate could not be looked at; they are looked at again", e);
        }
    }

    private void lookAgain() {
        List<FileStamp> now = stamps();
        if (now.equals(seen)) {
            return;
        }
        // before reading: what is written meanwhile is then seen as another change
        seen = now;
        try {
            KeyStore store = read();
            factory.reload(same -> same.setKeyStore(store));
            fault.cleared();
            LOG.info("loaded the certificate of {} again", files.certificate());
        } catch (PemException e) {
            refused(String.valueOf(e.getMessage()));
        } catch (Exception | Error e) {
            // whatever it is, the schedule must go on
            LOG.error("the certificate of {} could not be loaded again", files.certificate(), e);
            refused("the certificate of " + files.certificate() + " could not be loaded: "
                    + e.getClass().getSimpleName());
        }
    }

    private void refused(String why) {
        fault.failed(why + "; the certificate before it is still used");
        LOG.error("{}; the certificate before it is still used", why);
    }

    private KeyStore read() {
        return PemFiles.read(files.certificate(), files.key(), password.toCharArray());
    }

    private List<FileStamp> stamps() {
        return List.of(FileStamp.of(files.certificate()), FileStamp.of(files.key()));
    }
}
