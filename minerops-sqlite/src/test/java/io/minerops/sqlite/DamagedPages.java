package io.minerops.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Finds the pages of a file without SQLite, and damages them. */
final class DamagedPages {
    static final int PAGE = 4_096;

    private DamagedPages() {}

    static long root(Path file, String table) throws Exception {
        return Sql.number(file, "SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'");
    }

    /** The leaf pages of a table of at most two levels, in the order of their keys. */
    static List<Long> leaves(Path file, String table) throws Exception {
        long root = root(file, table);
        ByteBuffer page = ByteBuffer.wrap(Files.readAllBytes(file)).slice((int) (root - 1) * PAGE, PAGE);
        if (page.get(0) == 13) {
            return List.of(root);
        }
        List<Long> leaves = new ArrayList<>();
        for (int cell = 0; cell < page.getShort(3); cell++) {
            leaves.add((long) page.getInt(page.getShort(12 + 2 * cell)));
        }
        leaves.add((long) page.getInt(8));
        return leaves;
    }

    /** Overwrites the beginning of a page. */
    static void damage(Path file, long page) throws IOException {
        write(file, (page - 1) * PAGE, new byte[64]);
    }

    static void write(Path file, long at, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), at);
        }
    }

    /** Waits until all but the newest poll are in blocks. */
    static void awaitSealed(Path file) throws Exception {
        long end = System.nanoTime() + 30_000_000_000L;
        while (Sql.number(file, "SELECT COUNT(*) FROM ticks") > 1) {
            assertThat(System.nanoTime()).as("the end of the wait").isLessThan(end);
        }
    }
}
