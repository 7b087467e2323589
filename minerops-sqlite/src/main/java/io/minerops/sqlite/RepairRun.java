package io.minerops.sqlite;

import io.minerops.api.StoreException;
import io.minerops.api.internal.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A repair on copies of a damaged file, with its write-ahead log and, where something is lost then, without: a log that
 * belongs to another file or is damaged itself destroys pages that were whole.
 */
final class RepairRun {
    private static final Logger log = LoggerFactory.getLogger(RepairRun.class);

    private final Path file;
    private final Path walFile;
    private final Path target;
    private final boolean leftOpen;

    private RepairRun(Path file, Path target, boolean leftOpen) {
        this.file = file;
        walFile = file.resolveSibling(file.getFileName() + "-wal");
        this.target = target;
        this.leftOpen = leftOpen;
    }

    /**
     * A repair of a file that no store has open.
     *
     * @param target the name of the new file in the report
     * @param leftOpen whether the process that had it open last ended without closing it
     */
    static RepairRun of(Path file, Path target, boolean leftOpen) {
        return new RepairRun(file, target, leftOpen);
    }

    /** Recovers into an empty file. */
    SqliteRepairReport into(Path partial) throws SQLException, IOException {
        if (!Files.exists(walFile)) {
            return leftOpen
                    ? recover(partial, false)
                            .andLost(List.of("what was stored last: " + walFile
                                    + " is missing, although the process that had the file open did not close it"))
                    : recover(partial, false);
        }
        try {
            SqliteRepairReport with = recover(partial, true);
            return with.lost().isEmpty() ? with : better(partial, with);
        } catch (StoreException | SQLException e) {
            // not even the list of tables can be read with the log
            Files.write(partial, new byte[0]);
            return recover(partial, false).andLost(List.of(lostLog(String.valueOf(e.getMessage()))));
        }
    }

    private SqliteRepairReport better(Path partial, SqliteRepairReport with) throws IOException {
        Path other = partial.resolveSibling(partial.getFileName() + "-second");
        try {
            PrivateFiles.create(other);
            SqliteRepairReport without = recover(other, false);
            if (without.rows() > with.rows()) {
                Files.move(other, partial, StandardCopyOption.REPLACE_EXISTING);
                return without.andLost(List.of(lostLog("more can be read without it")));
            }
        } catch (StoreException | SQLException e) {
            log.debug("{} cannot be read without its write-ahead log", file, e);
        } finally {
            Files.deleteIfExists(other);
        }
        return with;
    }

    private String lostLog(String why) {
        return "what is in " + walFile + " alone, which is damaged or belongs to another file: " + why;
    }

    private SqliteRepairReport recover(Path written, boolean withLog) throws SQLException, IOException {
        Path copy = written.resolveSibling(written.getFileName() + "-damaged");
        Path logOfCopy = copy.resolveSibling(copy.getFileName() + "-wal");
        try {
            PrivateFiles.create(copy);
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            if (withLog) {
                Files.copy(walFile, logOfCopy);
            }
            SqliteRepairReport report = SqliteRepair.run(copy, written, file, target);
            // such as alerts whose miner is lost
            return report.andLost(SqliteFile.of(written).check().problems());
        } finally {
            for (Path rest : List.of(copy, logOfCopy, copy.resolveSibling(copy.getFileName() + "-shm"))) {
                Files.deleteIfExists(rest);
            }
        }
    }
}
