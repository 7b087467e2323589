package io.minerops.sqlite.internal.db;

import io.minerops.api.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which file a path led to when it was opened. A file that is deleted or replaced stays open, and what is written to it
 * is lost with the process. Where the platform gives files no key, only deletion is found.
 */
final class FileIdentity {
    private final Path file;
    private final @Nullable Object key;

    private FileIdentity(Path file, @Nullable Object key) {
        this.file = file;
        this.key = key;
    }

    /** The identity of a file that exists. */
    static FileIdentity of(Path file) throws IOException {
        return new FileIdentity(file, keyOf(file));
    }

    /** What every path to the same file shares; the path itself where the platform gives no key. */
    Object key() {
        return key == null ? file : key;
    }

    /** A sentence where the path leads to another file by now, or to none. */
    Optional<String> change() {
        try {
            Object now = keyOf(file);
            return key == null || key.equals(now)
                    ? Optional.empty()
                    : Optional.of(
                            file + " was replaced while it was open: what is stored goes to the file that was there"
                                    + " before; restart with the file that is to be used");
        } catch (NoSuchFileException e) {
            return Optional.of(
                    file + " was deleted or moved while it was open: what is stored is lost at the next start;"
                            + " put the file back, or restart");
        } catch (IOException e) {
            return Optional.of(file + " cannot be checked: " + e);
        }
    }

    /** Refuses to go on where the path leads elsewhere. */
    void requireSame(String step) {
        change().ifPresent(change -> {
            throw new StoreException(step + " failed on " + file + ": " + change, StoreException.Reason.FILE_GONE);
        });
    }

    private static @Nullable Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }
}
