package io.minerops.sqlite;

import io.minerops.api.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to be the one process that writes to a database, held as an operating system's lock on a file beside it.
 * The latest readings live in the heap, so a second writer would not only wait but be wrong. The lock goes with the
 * process, however it ends; its empty file stays.
 */
final class ProcessLock implements AutoCloseable {
    private static final String SUFFIX = ".lock";

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    static ProcessLock take(Path file) {
        Path lockFile = file.resolveSibling(file.getFileName() + SUFFIX);
        FileChannel channel;
        try {
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StoreException("open failed on " + file + ": its lock " + lockFile + " cannot be made", e);
        }
        try {
            if (held(channel) != null) {
                return new ProcessLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new StoreException("open failed on " + file + ": its lock " + lockFile + " cannot be taken", e);
        }
        throw new StoreException("open failed on " + file + ": another store has it open for writing (lock " + lockFile
                + "); stop that one first, or choose another file");
    }

    private static @Nullable FileLock held(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreException("close failed: the lock could not be given back", e);
        }
    }
}
