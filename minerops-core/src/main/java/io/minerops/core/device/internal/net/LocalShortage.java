package io.minerops.core.device.internal.net;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import java.io.IOException;
import java.net.BindException;
import java.util.Locale;
import java.util.stream.Stream;

/** This machine has no socket, port or memory left for a connection: no fault of the device, and no bug either. */
public final class LocalShortage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kernels say of a connection for which they have no port or no memory. */
    private static final String[] SIGNS = {
        "cannot assign requested address",
        "can't assign requested address",
        "address already in use",
        "no buffer space",
        "cannot allocate memory",
        "too many open files"
    };

    /**
     * @param reason what is short
     */
    public LocalShortage(String reason) {
        super(reason, null, false, false);
    }

    /**
     * Has the classes loaded that a shortage needs: without a file descriptor left they could not be, and a class whose
     * loading failed once is lost to the process.
     */
    static void prepare() {
        var unused = new MinerReading.NotRead(
                new MinerAddress("127.0.0.1", 1), String.valueOf(new LocalShortage("nothing is short").getMessage()));
    }

    /** Whether a connection failed because of this machine, rather than of the network or the device. */
    static boolean isCauseOf(IOException failure) {
        String message = failure.getMessage();
        if (message == null) {
            return false;
        }
        String lower = message.toLowerCase(Locale.ROOT);
        return (failure instanceof BindException && !lower.contains("permission"))
                || Stream.of(SIGNS).anyMatch(lower::contains);
    }
}
