package io.minerops.sqlite.internal.rows;

import io.minerops.sqlite.SqliteStore;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;

/** A process that opens a file of an earlier version, which moves its rows, and reports a byte when that begins and ends. */
final class MovesUntilKilled {
    private MovesUntilKilled() {}

    public static void main(String[] args) throws Exception {
        // a log on the output would be read as reports
        System.setOut(System.err);
        try (FileOutputStream output = new FileOutputStream(FileDescriptor.out);
                SqliteStore store = SqliteStore.open(Path.of(args[0]))) {
            output.write('o');
            output.flush();
            while (store.activity().isPresent()) {
                Thread.onSpinWait();
            }
            output.write('.');
            output.flush();
            // until it is killed
            Thread.currentThread().join();
        }
    }
}
