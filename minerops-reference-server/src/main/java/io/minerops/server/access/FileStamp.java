package io.minerops.server.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes a changed or replaced file from the one that was read.
 *
 * @param modified when it was written; null where it cannot be looked at
 * @param size its size, bytes
 * @param touched when it or its permissions changed, if the platform provides it; null otherwise
 * @param key the file itself, if the platform identifies files; null otherwise
 */
public record FileStamp(
        @Nullable FileTime modified,
        long size,
        @Nullable Object touched,
        @Nullable Object key) {
    /** What cannot be looked at. */
    static final FileStamp ABSENT = new FileStamp(null, 0, null, null);

    /** As the file is now. */
    public static FileStamp of(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(now.lastModifiedTime(), now.size(), touched(file), now.fileKey());
        } catch (IOException e) {
            // reading it will show the error
            return ABSENT;
        }
    }

    private static @Nullable Object touched(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Files.getAttribute(file, "unix:ctime")
                : null;
    }
}
