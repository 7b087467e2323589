package io.minerops.blocks.copy;

import io.minerops.api.StoreException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Copies all rows of one store to another, each batch in one transaction that notes how far it came, so that a run which was
 * killed is gone on with by the next. At the end both are read through, and compared by counts and checksums.
 */
public final class Copy {
    private static final int MAX_ROWS = 2_000;
    private static final int MAX_BYTES = 4 << 20;

    private final CopyEnd source;
    private final CopyEnd target;
    private final Progress progress;

    /** Gets how far the copy is. */
    public interface Progress {
        /** So many rows of a kind are in the target, of so many. */
        void copied(CopyKind kind, long done, long total);

        /** A kind is the same at both ends. */
        void verified(CopyKind kind, Sum sum);
    }

    /**
     * What a kind comes to.
     *
     * @param rows how many rows
     * @param sha256 of all values in the order of the keys
     */
    public record Sum(long rows, String sha256) {}

    /** A copy from one store to another. */
    public Copy(CopyEnd source, CopyEnd target, Progress progress) {
        this.source = source;
        this.target = target;
        this.progress = progress;
    }

    /**
     * Copies what is not copied yet, and compares.
     *
     * @return what was copied, by kind
     * @throws StoreException if an end fails or cannot be used, or both differ in the end
     */
    public Map<CopyKind, Sum> run() {
        source.openSource();
        Map<String, String> before = target.openTarget(source.name());
        for (CopyKind kind : CopyKind.values()) {
            copy(kind, key(kind, before.get(kind.table())));
        }
        Map<CopyKind, Sum> sums = new LinkedHashMap<>();
        for (CopyKind kind : CopyKind.values()) {
            sums.put(kind, compared(kind));
        }
        target.finish(source.counters());
        return sums;
    }

    private static List<Long> key(CopyKind kind, @Nullable String position) {
        return position == null
                ? Collections.nCopies(kind.key().size(), -1L)
                : Arrays.stream(position.split(",", -1)).map(Long::valueOf).toList();
    }

    private void copy(CopyKind kind, List<Long> after) {
        Batch batch = new Batch(kind, target.count(kind), source.count(kind));
        source.read(kind, after, batch::add);
        batch.write();
    }

    /** Rows that are written together. */
    private final class Batch {
        private final CopyKind kind;
        private final long total;
        private final List<CopyRow> rows = new ArrayList<>();
        private int bytes;
        private long done;

        Batch(CopyKind kind, long done, long total) {
            this.kind = kind;
            this.done = done;
            this.total = total;
        }

        void add(CopyRow row) {
            rows.add(row);
            bytes += row.size();
            if (rows.size() == MAX_ROWS || bytes > MAX_BYTES) {
                write();
            }
        }

        void write() {
            if (!rows.isEmpty()) {
                List<Long> last = rows.get(rows.size() - 1).key(kind);
                String position = last.stream().map(String::valueOf).collect(Collectors.joining(","));
                target.write(kind, List.copyOf(rows), position);
                done += rows.size();
                rows.clear();
                bytes = 0;
                progress.copied(kind, done, total);
            }
        }
    }

    private Sum compared(CopyKind kind) {
        Sum from = sum(source, kind);
        Sum to = sum(target, kind);
        if (!from.equals(to)) {
            throw new StoreException("the copy of " + kind.table() + " is not the same: " + from.rows
                    + " rows with checksum " + from.sha256 + " in " + source.name() + ", " + to.rows
                    + " rows with checksum " + to.sha256 + " in " + target.name()
                    + "; the source may have changed meanwhile: remove the target, and copy again");
        }
        progress.verified(kind, to);
        return to;
    }

    private static Sum sum(CopyEnd end, CopyKind kind) {
        MessageDigest digest = sha256();
        long[] rows = new long[1];
        end.read(kind, key(kind, null), row -> {
            row.digest(digest);
            rows[0]++;
        });
        return new Sum(rows[0], HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
