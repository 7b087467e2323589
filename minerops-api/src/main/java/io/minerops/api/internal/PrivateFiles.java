package io.minerops.api.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders of their owner alone, whatever the umask of the process: databases, logs, backups and exports hold
 * addresses of webhooks, which are secrets. Where the platform knows no such permissions, its defaults apply.
 */
public final class PrivateFiles {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final FileAttribute<?>[] FILE = attributes("rw-------");
    private static final FileAttribute<?>[] FOLDER = attributes("rwx------");
    private static final Set<PosixFilePermission> OF_OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    /** How the name of a file ends that is not whole yet. */
    public static final String PARTIAL = ".partial";

    private PrivateFiles() {}

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Creates an empty file, readable by its owner alone, where nothing is; says whether it did. */
    public static boolean create(Path file) throws IOException {
        try {
            Files.createFile(file, FILE);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /**
     * Writes a file that appears whole and on the disk, or not at all, readable by its owner alone. Until then it is
     * beside its target, as {@code <name>.<digits>.partial}.
     *
     * @param target a path where nothing is yet, in a folder that exists
     * @param content writes to the empty file that it is given
     * @return what the content returned
     * @throws FileAlreadyExistsException if something is at the target, which stays as it is
     */
    public static <T, E extends Exception> T writeWhole(Path target, Content<T, E> content) throws IOException, E {
        Path folder = target.toAbsolutePath().getParent();
        Path name = target.getFileName();
        if (folder == null || name == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException("the folder of " + target + " must exist");
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        // this makes it readable by its owner alone
        Path partial = Files.createTempFile(folder, name + ".", PARTIAL);
        try {
            T result = content.writeTo(partial);
            force(partial);
            // unlike an atomic move this refuses a target that came meanwhile
            Files.move(partial, target);
            return result;
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** Who has written a file leaves it to the system when it reaches the disk. */
    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** What a file is to have in it. */
    @FunctionalInterface
    public interface Content<T, E extends Exception> {
        /** Writes all of it to an empty file. */
        T writeTo(Path file) throws IOException, E;
    }

    /** Creates a folder and the folders above it that are missing, for their owner alone; others stay as they are. */
    public static void createFolders(Path folder) throws IOException {
        Files.createDirectories(folder, FOLDER);
    }

    /** Whether other users than the owner of a file may read or write it. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        return POSIX && Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
    }
}
