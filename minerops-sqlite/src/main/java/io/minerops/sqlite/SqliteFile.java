package io.minerops.sqlite;

import io.minerops.api.StoreException;
import io.minerops.api.internal.Check;
import io.minerops.api.internal.PrivateFiles;
import io.minerops.api.store.BackupTarget;
import io.minerops.blocks.copy.CopyEnd;
import io.minerops.sqlite.internal.db.Connections;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Failures;
import io.minerops.sqlite.internal.db.Migrations;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

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
     * Reads all of it: whether pages and indexes are whole, whether every reference has what it points to, whether the
     * checksums of polls, blocks and roll-ups hold, and how many rows there are.
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
        try {
            return PrivateFiles.writeWhole(target, partial -> copyTo(partial).as(target));
        } catch (FileAlreadyExistsException e) {
            throw new StoreException(
                    "back up failed on " + file + ": " + target + " exists already; choose a path where nothing is", e);
        } catch (SQLException | IOException e) {
            throw Failures.of("back up to " + target, file, e);
        }
    }

    /**
     * Backups in a folder, each made as {@link #backUpTo} makes one and named with this file's name and the UTC time, such
     * as {@code metrics-20261128T000319Z.db}. Files of other names are never touched. A folder is for one database.
     *
     * @param folder a folder; where it does not exist, each backup fails
     * @param keep how many backups are kept, 1 or more
     */
    public BackupTarget backupsIn(Path folder, int keep) {
        return new BackupFolder(this, folder, Check.between("keep", keep, 1, Integer.MAX_VALUE));
    }

    /**
     * Recovers what can be read of a damaged file into a new one. All of it is done on a copy, so that the file and its
     * log stay as they are. The target appears whole, or not at all; only its owner may read it.
     *
     * @param target a path where nothing is yet, in a folder that exists and has room for the file four times
     * @return what was recovered and what was lost
     * @throws StoreException if a store has the file open, something is at the target, or not even the list of tables can
     *     be read
     */
    public SqliteRepairReport repairTo(Path target) {
        Database.requireExists("repair", file);
        try {
            return Database.alone(
                    file,
                    leftOpen -> PrivateFiles.writeWhole(
                            target,
                            partial -> RepairRun.of(file, target, leftOpen).into(partial)));
        } catch (FileAlreadyExistsException e) {
            throw new StoreException(
                    "repair failed on " + file + ": " + target + " exists already; choose a path where nothing is", e);
        } catch (SQLException | IOException e) {
            throw Failures.of("repair into " + target, file, e);
        }
    }

    /** The file as an end of a copy to or from another store; for the command {@code db copy} alone. */
    @SuppressWarnings("exports")
    public CopyEnd copyEnd() {
        return new SqliteCopyEnd(file);
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

    /** The file's path. */
    @Override
    public String toString() {
        return "SqliteFile[" + file + "]";
    }
}
