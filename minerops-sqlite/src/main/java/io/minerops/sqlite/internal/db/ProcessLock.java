package io.minerops.sqlite.internal.db;

import io.minerops.api.StoreException;
import io.minerops.api.internal.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to be the one process that writes to a database. The latest readings live in the heap, so a second writer
 * would not only wait but be wrong. The right is held three times: within this process by the file's identity; by an
 * operating system's lock on a file beside the database, which earlier versions know too; and by a lock on the database
 * itself, far behind its content and the bytes that SQLite locks, which holds for every name that the file has. All of
 * it goes with the process, however it ends; the file beside stays, and holds a mark as long as the database is open.
 */
final class ProcessLock implements AutoCloseable {
    private static final String SUFFIX = ".lock";

    /** The byte of the database that is locked. SQLite's own locks lie at 1 GiB. */
    private static final long LOCKED_BYTE = 0x7fff_ffff_0000_0000L;

    private static final byte[] MARK = {'o', 'p', 'e', 'n', '\n'};

    /**
     * The files that this process has open for writing. A second channel on one of them must not even be opened: closing
     * it would release every lock that the process, SQLite included, holds on the file.
     */
    private static final Set<Object> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileIdentity identity;
    private final FileChannel beside;
    private final FileChannel database;
    private final boolean knownBefore;
    private final boolean leftOpen;
    private FileLock onDatabase;

    private ProcessLock(
            Path file,
            FileIdentity identity,
            FileChannel beside,
            FileChannel database,
            FileLock onDatabase,
            boolean knownBefore,
            boolean leftOpen) {
        this.file = file;
        this.identity = identity;
        this.beside = beside;
        this.database = database;
        this.onDatabase = onDatabase;
        this.knownBefore = knownBefore;
        this.leftOpen = leftOpen;
    }

    /** Takes the right to write to a file, given by its real path; the file is created, empty, where there is none. */
    static ProcessLock take(Path file) {
        Path lockFile = file.resolveSibling(file.getFileName() + SUFFIX);
        boolean knownBefore = Files.exists(lockFile);
        FileChannel beside = null;
        FileChannel database = null;
        Object key = null;
        try {
            PrivateFiles.create(lockFile);
            beside = FileChannel.open(lockFile, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(beside, 0) != null) {
                PrivateFiles.create(file);
                FileIdentity identity = FileIdentity.of(file);
                if (OPEN_HERE.add(identity.key())) {
                    key = identity.key();
                    database = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock onDatabase = tryLock(database, LOCKED_BYTE);
                    if (onDatabase != null) {
                        boolean leftOpen = beside.size() > 0;
                        return new ProcessLock(file, identity, beside, database, onDatabase, knownBefore, leftOpen);
                    }
                }
            }
        } catch (IOException e) {
            StoreException failure = new StoreException(
                    "open failed on " + file + ": its lock " + lockFile + " cannot be acquired: " + Failures.why(e),
                    e,
                    Failures.reason(e));
            giveBack(key, database, beside);
            throw failure;
        }
        giveBack(key, database, beside);
        throw taken(file, lockFile);
    }

    private static StoreException taken(Path file, Path lockFile) {
        return new StoreException(
                "open failed on " + file + ": another store has it open for writing, by this name or by"
                        + " another (lock " + lockFile + "); stop that one first, or choose another file",
                StoreException.Reason.LOCKED);
    }

    private static @Nullable FileLock tryLock(FileChannel channel, long position) throws IOException {
        try {
            return channel.tryLock(position, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /**
     * Takes the lock on the database itself again. As long as SQLite holds no lock of its own, each of its transactions
     * ends with the release of every lock that the process has on the file; from its first step with a write-ahead log on
     * it holds one, and this one lasts as long.
     */
    void renew() throws IOException {
        onDatabase.release();
        FileLock again = tryLock(database, LOCKED_BYTE);
        if (again == null) {
            throw taken(file, file.resolveSibling(file.getFileName() + SUFFIX));
        }
        onDatabase = again;
    }

    FileIdentity identity() {
        return identity;
    }

    /** Whether a database was opened here before: its lock file was there. */
    boolean knownBefore() {
        return knownBefore;
    }

    /** Whether the process that had the database open before ended without closing it. */
    boolean leftOpen() {
        return leftOpen;
    }

    /** Marks the database as open and written to: from now on there is a write-ahead log that must not be lost. */
    void markOpen() throws IOException {
        beside.truncate(0);
        beside.write(ByteBuffer.wrap(MARK), 0);
    }

    /** Removes the mark: everything is in the database itself. */
    void markClosed() throws IOException {
        beside.truncate(0);
    }

    /** To be called when every connection of this process to the file is closed. */
    @Override
    public void close() {
        giveBack(identity.key(), database, beside);
    }

    private static void giveBack(@Nullable Object key, @Nullable FileChannel database, @Nullable FileChannel beside) {
        try (beside;
                database) {
            // the try closes them, the database first
        } catch (IOException e) {
            throw new StoreException("close failed: the lock could not be released", e);
        } finally {
            if (key != null) {
                OPEN_HERE.remove(key);
            }
        }
    }

    /** The file that is locked. */
    @Override
    public String toString() {
        return "ProcessLock[" + file + "]";
    }
}
