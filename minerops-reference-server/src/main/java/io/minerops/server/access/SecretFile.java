package io.minerops.server.access;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Files that hold secrets. */
public final class SecretFile {
    /** What such a file must be. */
    public static final String ACCEPTED = "a file of its owner and its group, chmod 640 or 600";

    private SecretFile() {}

    /**
     * Whether others may read or write it; the owner's group may read it, because that is how services are handed their
     * secrets. Where the platform knows no such permissions the answer is no.
     */
    public static boolean isOpenToOthers(Path file) throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE);
    }
}
