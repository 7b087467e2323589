package io.minerops.core.device.internal.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many connections the process may open, where the system says so. */
public final class FileDescriptors {
    private static final Logger log = LoggerFactory.getLogger(FileDescriptors.class);

    /** The other half is left to the database, to clients and to what else the process opens. */
    private static final int SHARE = 2;

    private FileDescriptors() {}

    /** So many connections, or as many as leave half of the file descriptors for all else; 1 or more. */
    public static int allow(int connections) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system)) {
            return connections;
        }
        long most = system.getMaxFileDescriptorCount();
        int allowed = allow(connections, most, system.getOpenFileDescriptorCount());
        if (allowed < connections) {
            log.warn(
                    "{} miners are read at a time at the most, not {}: the process may open {} files",
                    allowed,
                    connections,
                    most);
        }
        return allowed;
    }

    public static int allow(int connections, long most, long open) {
        return most <= 0 ? connections : (int) Math.max(1, Math.min(connections, (most - open) / SHARE));
    }
}
