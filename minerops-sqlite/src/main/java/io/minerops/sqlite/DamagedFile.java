package io.minerops.sqlite;

import io.minerops.api.StoreException;
import io.minerops.sqlite.internal.db.Connections;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Failures;
import io.minerops.sqlite.internal.db.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A file that was found damaged when it was opened. */
final class DamagedFile {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final String ASIDE = ".damaged-";

    /** The log first: one that stayed would be taken for that of the file which comes next. The lock is held, and goes last. */
    private static final List<String> PARTS = List.of("-wal", "-shm", "", ".lock");

    private DamagedFile() {}

    /** When a file of this name was moved aside last, of those that are still there. */
    static Optional<Instant> lastMovedAside(Path file) {
        try {
            Path real = file.toRealPath();
            String prefix = real.getFileName() + ASIDE;
            try (Stream<Path> beside = Files.list(real.resolveSibling(""))) {
                return beside.map(path -> String.valueOf(path.getFileName()))
                        .filter(name -> name.startsWith(prefix))
                        .flatMap(name -> time(name.substring(prefix.length())).stream())
                        .max(Comparator.naturalOrder());
            }
        } catch (IOException e) {
            throw Failures.of("look for damaged files", file, e);
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            // a part of one, such as its log, or a name that a person gave
            return Optional.empty();
        }
    }

    /**
     * Moves a file aside with what belongs to it.
     *
     * @param why how the opening failed; what fails here is added to it
     * @return a sentence on what was moved; null where nothing was, since it may not be damaged, or not be ours
     */
    static @Nullable String moveAside(Path file, StoreException why, Instant now) {
        if (!Failures.isProvenDamage(why)) {
            return null;
        }
        try {
            Path real = file.toRealPath();
            return Database.alone(
                            real,
                            leftOpen -> isOurs(real) ? Optional.of(moved(real, why, now)) : Optional.<String>empty())
                    .orElse(null);
        } catch (StoreException | SQLException | IOException e) {
            why.addSuppressed(e);
            return null;
        }
    }

    /** Whether what is left of a file says that a version of this program wrote it which is not newer. */
    private static boolean isOurs(Path file) throws SQLException {
        try (Connection connection =
                Connections.reader(file, SqliteOptions.defaults().connections())) {
            return Migrations.version(connection, file) > 0;
        }
    }

    private static String moved(Path file, StoreException why, Instant now) throws IOException {
        String aside = file.getFileName() + ASIDE + TIME.format(now);
        for (String part : PARTS) {
            Path from = file.resolveSibling(file.getFileName() + part);
            if (Files.exists(from)) {
                Files.move(from, file.resolveSibling(aside + part), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return file + " is damaged and was moved to " + file.resolveSibling(aside)
                + "; a new database was started, without its history, rules and alerts. Recover what can be read with"
                + " `minerops db repair NEWFILE --db " + file.resolveSibling(aside) + "`, or restore a backup. Found: "
                + why.getMessage();
    }
}
