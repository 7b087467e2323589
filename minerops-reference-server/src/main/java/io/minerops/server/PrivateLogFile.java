package io.minerops.server;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import io.minerops.api.internal.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;

/** A log whose files and folder, where they are new, can be read by their owner alone. */
final class PrivateLogFile extends RollingFileAppender<ILoggingEvent> {
    @Override
    public void openFile(String name) throws IOException {
        Path file = Path.of(name).toAbsolutePath();
        Path folder = file.getParent();
        if (folder != null) {
            PrivateFiles.createFolders(folder);
        }
        PrivateFiles.create(file);
        super.openFile(name);
    }
}
