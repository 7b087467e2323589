package io.minerops.sqlite.internal.db;

import io.minerops.api.internal.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an operator should know of a file that is being opened, found before anything is written to it. */
final class OpeningReport {
    private OpeningReport() {}

    /**
     * The findings, a sentence each.
     *
     * @param before whether there was a file, and how long, before the lock was taken
     */
    static List<String> of(Path file, Before before, ProcessLock lock) throws IOException {
        List<String> findings = new ArrayList<>();
        boolean log = Files.exists(logOf(file));
        if (before.bytes() <= 0 && (lock.knownBefore() || log)) {
            findings.add(file + " was " + (before.bytes() < 0 ? "missing" : "empty")
                    + ", although a database was open here before: a new one was started, without the history, rules and"
                    + " alerts of the old one; if that was not intended, stop and restore a backup");
        } else if (lock.leftOpen() && !log) {
            findings.add(logOf(file) + " is missing, although the process that had " + file
                    + " open before did not close it: what it stored last may be lost");
        }
        if (before.bytes() >= 0 && PrivateFiles.isOpenToOthers(file)) {
            findings.add(file + " can be read or written by other users, and addresses of webhooks are in it;"
                    + " accepted: a file of its owner, chmod 600");
        }
        if (names(file) > 1) {
            findings.add(file + " has " + names(file) + " names (hard links): always open it by the same one, since its"
                    + " write-ahead log belongs to a name");
        }
        return findings;
    }

    /**
     * A file as it was found.
     *
     * @param bytes its length; -1 where there was none
     */
    record Before(long bytes) {
        static Before of(Path file) throws IOException {
            return new Before(Files.exists(file) ? Files.size(file) : -1);
        }
    }

    private static Path logOf(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    private static int names(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return 1;
        }
        return Files.getAttribute(file, "unix:nlink") instanceof Integer links ? links : 1;
    }
}
