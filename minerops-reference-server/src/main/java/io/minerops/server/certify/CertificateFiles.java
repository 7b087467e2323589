package io.minerops.server.certify;

import io.minerops.api.internal.PrivateFiles;
import io.minerops.core.certify.Certificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one certificate, beside each other.
 *
 * @param json the signed certificate
 * @param page the page for people
 * @param polls the polls
 */
record CertificateFiles(Path json, Path page, Path polls) {
    static final String POLLS = ".polls";

    /** The files with this path and an end each. */
    static CertificateFiles of(Path base) {
        return new CertificateFiles(
                PollFile.beside(base, ".json"), PollFile.beside(base, ".html"), PollFile.beside(base, POLLS));
    }

    /** Those that belong to a file of polls. */
    static CertificateFiles ofPolls(Path polls) {
        Path base = PollFile.without(polls, POLLS);
        CertificateFiles files = of(base == null ? polls : base);
        return new CertificateFiles(files.json, files.page, polls);
    }

    /**
     * Checks before a long watch that it can end.
     *
     * @throws UncheckedIOException if a certificate is there already
     */
    void checkFree() {
        for (Path file : new Path[] {json, page}) {
            if (Files.exists(file)) {
                throw taken(file, new FileAlreadyExistsException(file.toString()));
            }
        }
    }

    /** Signs and writes a certificate and its page. */
    void write(Certificate certificate, Issue issue, SigningKey key) {
        write(json, SignedCertificate.sign(certificate, issue, key));
        String html = CertificatePage.of(certificate, issue, PublicKeys.fingerprint(key.publicKey()));
        write(page, html.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, byte[] content) {
        try {
            PrivateFiles.writeWhole(file, partial -> Files.write(partial, content));
        } catch (FileAlreadyExistsException e) {
            throw taken(file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static UncheckedIOException taken(Path file, FileAlreadyExistsException e) {
        return new UncheckedIOException(file + " exists already; --out names another file", e);
    }
}
