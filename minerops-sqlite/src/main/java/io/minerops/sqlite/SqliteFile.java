package io.minerops.sqlite;

import io.minerops.api.StoreException;
import io.minerops.sqlite.internal.db.Connections;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Failures;
import io.minerops.sqlite.internal.db.Migrations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The file of a {@link SqliteStore}, whether a store is open on it or not: both ways here read it beside the process
 * that writes. As long as they run, the writer's log, the file {@code <name>-wal}, grows and is not cut.
 */
public final class SqliteFile {
    private final Path file;

    private SqliteFile(Path file) {
        this.file = file;
    }

    /** The file of that path. */
    public static SqliteFile of(Path file) {
        return new SqliteFile(file);
    }

    /** Its path. */
    public Path path() {
        return file;
    }

    /**
     * Reads all of it: whether pages and indexes are whole, whether every reference has what it points to, and how many
     * rows there are.
     *
     * @throws StoreException if there is no such file, it cannot be read as a database, or it belongs to another program
     *     or to a newer version of this one
     */
    public SqliteReport check() {
        Database.requireExists("check", file);
        try (Connection connection =
                Connections.reader(file, SqliteOptions.defaults().connections())) {
            connection.setAutoCommit(false);
            return SqliteCheck.of(connection, file, Files.size(file));
        } catch (SQLException | IOException e) {
            throw Failures.of("check", file, e);
        }
    }

    /**
     * Makes a copy of what is committed at this moment, compacted and without a log beside it. The target appears whole,
     * checked and on the disk, or not at all; only its owner may read it where the file system knows owners, since
     * webhooks' addresses are in it.
     *
     * @param target a path where nothing is yet, in a folder that exists
     * @return what the check of the copy found
     * @throws StoreException if something is at the target, the file cannot be read, the copy cannot be written, or it is
     *     found to be unsound
     */
    public SqliteReport backUpTo(Path target) {
        Database.requireExists("back up", file);
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StoreException("back up failed on " + file + ": the folder of " + target + " must exist");
        }
        requireFree(target);
        Path partial = null;
        try {
            // where it does not exist, this makes it readable by its owner alone
            partial = Files.createTempFile(folder, target.getFileName() + ".", ".partial");
            SqliteReport report = copyTo(partial).as(target);
            force(partial);
            // unlike an atomic move this refuses a target that came meanwhile
            Files.move(partial, target);
            return report;
        } catch (FileAlreadyExistsException e) {
            throw taken(target);
        } catch (SQLException | IOException e) {
            throw Failures.of("back up to " + target, file, e);
        } finally {
            discard(partial);
        }
    }

    private SqliteReport copyTo(Path partial) throws SQLException {
        try (Connection connection =
                Connections.reader(file, SqliteOptions.defaults().connections())) {
            Migrations.version(connection, file);
            try (PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
                copy.setString(1, partial.toString());
                copy.execute();
            }
        }
        SqliteReport report = of(partial).check();
        if (!report.isSound()) {
            throw new StoreException("back up failed on " + file + ": the copy is not sound ("
                    + String.join("; ", report.problems()) + "); check the file itself");
        }
        return report;
    }

    /** VACUUM INTO leaves it to the system when the copy reaches the disk. */
    private static void force(Path copy) throws IOException {
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private void requireFree(Path target) {
        if (Files.exists(target)) {
            throw taken(target);
        }
    }

    private StoreException taken(Path target) {
        return new StoreException(
                "back up failed on " + file + ": " + target + " exists already; choose a path where nothing is");
    }

    private void discard(@Nullable Path partial) {
        try {
            if (partial != null) {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw Failures.of("tidy up " + partial + " after a backup", file, e);
        }
    }

    /** The file's path. */
    @Override
    public String toString() {
        return "SqliteFile[" + file + "]";
    }
}
