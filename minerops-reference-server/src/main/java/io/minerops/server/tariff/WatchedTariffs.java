package io.minerops.server.tariff;

import io.minerops.api.HealthContributor;
import io.minerops.api.InvalidArgumentException;
import io.minerops.core.profit.PowerPrices;
import io.minerops.server.access.FileFault;
import io.minerops.server.access.FileStamp;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tariffs of a file, which is read again when it, or a file of prices that it names, has changed: prices of tomorrow
 * come every day. A content that cannot be used is reported, and the one before stays in use. Thread-safe.
 */
public final class WatchedTariffs implements Supplier<PowerPrices> {
    private static final Logger log = LoggerFactory.getLogger(WatchedTariffs.class);

    private final Path file;
    private final int defaultPort;
    private final FileFault fault = new FileFault("tariffs");
    private List<Path> files;
    private List<FileStamp> seen;
    private Tariffs tariffs;
    private PowerPrices prices;

    private WatchedTariffs(Path file, int defaultPort) {
        this.file = file;
        this.defaultPort = defaultPort;
        // before reading: what is written meanwhile is then seen as a change
        List<FileStamp> before = stamps(List.of(file));
        TariffFile.Content content = read();
        files = content.files();
        seen = files.size() == 1 ? before : stamps(files);
        tariffs = content.tariffs();
        prices = tariffs.prices();
    }

    /**
     * Reads a file for the first time.
     *
     * @param defaultPort the port of a miner that is named without one
     * @throws InvalidArgumentException that names what cannot be used
     */
    public static WatchedTariffs open(Path file, int defaultPort) {
        return new WatchedTariffs(file, defaultPort);
    }

    private TariffFile.Content read() {
        return TariffFile.read(file, defaultPort, null);
    }

    /** Whether the files as they are now are in use, for readiness. */
    public HealthContributor health() {
        return fault;
    }

    /** The tariffs in use. */
    public synchronized Tariffs tariffs() {
        look();
        return tariffs;
    }

    /** Their prices; the same object while no file has changed. */
    @Override
    public synchronized PowerPrices get() {
        look();
        return prices;
    }

    private void look() {
        List<FileStamp> now = stamps(files);
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            TariffFile.Content content = read();
            if (!content.files().equals(files)) {
                files = content.files();
                seen = stamps(files);
            }
            tariffs = content.tariffs();
            prices = tariffs.prices();
            fault.cleared();
            log.info("tariffs read again: {}", String.join(", ", tariffs.names()));
        } catch (InvalidArgumentException e) {
            fault.failed("the tariffs as they are now are not in use: " + e.getMessage());
            log.error("tariffs not read again, those before stay in use: {}", e.getMessage());
        }
    }

    private static List<FileStamp> stamps(List<Path> files) {
        return files.stream().map(FileStamp::of).toList();
    }
}
