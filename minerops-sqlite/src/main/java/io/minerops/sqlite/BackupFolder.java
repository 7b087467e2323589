package io.minerops.sqlite;

import io.minerops.api.StoreException;
import io.minerops.api.internal.PrivateFiles;
import io.minerops.api.store.BackupTarget;
import io.minerops.sqlite.internal.db.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Backups of one file in a folder, each named with the file's name and its UTC time, such as
 * {@code metrics-20261128T000319Z.db}. A file of any other name is never touched.
 */
final class BackupFolder implements BackupTarget {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String ENDING = ".db";

    private final SqliteFile file;
    private final Path folder;
    private final int keep;
    private final String stem;
    private final Pattern names;
    private final Pattern partialNames;

    BackupFolder(SqliteFile file, Path folder, int keep) {
        this.file = file;
        this.folder = folder;
        this.keep = keep;
        String name = name(file.path());
        stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        String form = Pattern.quote(stem + "-") + "([0-9]{8}T[0-9]{6}Z)" + Pattern.quote(ENDING);
        names = Pattern.compile(form);
        partialNames = Pattern.compile(form + "\\.[0-9]+" + Pattern.quote(PrivateFiles.PARTIAL));
    }

    /** A backup that was made here. */
    private record Backup(Path path, Instant at) {}

    @Override
    public Optional<Instant> newest() {
        return backups().stream().map(Backup::at).max(Comparator.naturalOrder());
    }

    /**
     * Deletes the oldest before and after: where one cannot be deleted, runs that are repeated add no more than one file.
     */
    @Override
    public String backUp(Instant at) {
        files(partialNames).forEach(this::delete);
        rotate();
        SqliteReport report = file.backUpTo(folder.resolve(stem + "-" + TIME.format(at) + ENDING));
        rotate();
        return String.format(Locale.ROOT, "%s, %,d bytes", report.file(), report.bytes());
    }

    /**
     * Backups from before a damaged file was moved aside are its last good copies. They neither count nor go while the
     * damaged file lies there.
     */
    private void rotate() {
        Instant since = DamagedFile.lastMovedAside(file.path()).orElse(Instant.MIN);
        List<Backup> newestFirst = backups().stream()
                .filter(backup -> backup.at().isAfter(since))
                .sorted(Comparator.comparing(Backup::at).reversed())
                .toList();
        newestFirst.stream().skip(keep).map(Backup::path).forEach(this::delete);
    }

    private void delete(Path old) {
        try {
            Files.deleteIfExists(old);
        } catch (IOException e) {
            throw Failures.of("delete the old backup " + old, file.path(), e);
        }
    }

    private List<Backup> backups() {
        return files(names).stream().map(this::backup).flatMap(Optional::stream).toList();
    }

    private Optional<Backup> backup(Path path) {
        Matcher matcher = names.matcher(name(path));
        @Nullable Instant at = matcher.matches() ? time(matcher.group(1)) : null;
        return Optional.ofNullable(at).map(time -> new Backup(path, time));
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static @Nullable Instant time(String text) {
        try {
            return TIME.parse(text, Instant::from);
        } catch (DateTimeException e) {
            // such as of a 13th month: not named here
            return null;
        }
    }

    private List<Path> files(Pattern pattern) {
        if (!Files.isDirectory(folder)) {
            throw new StoreException(
                    "back up failed on " + file.path() + ": the folder " + folder + " must exist; create or mount it");
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> pattern.matcher(name(path)).matches())
                    .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (IOException e) {
            throw Failures.of("read the backups in " + folder, file.path(), e);
        }
    }

    /** The folder, for a debugger. */
    @Override
    public String toString() {
        return "BackupFolder[" + folder + "]";
    }
}
