package io.minerops.core.device.internal.normalise;

import io.minerops.api.miner.Pool;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a device says of its pools.
 *
 * @param alive how many answer; NaN where the device does not say
 * @param inUse the one that it works for; null where it works for none or does not say
 */
public record Pools(double alive, @Nullable Pool inUse) {
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Pools UNKNOWN = new Pools(Double.NaN, null);
    private static final String ALIVE = "Alive";
    /** What VNish names instead of its developer's pool. */
    private static final String DEVELOPERS_FEE = "DevFee";

    /** An empty pool slot is no pool. */
    public static Pools of(DeviceReplies replies) {
        if (!replies.answered().contains(Command.POOLS)) {
            return UNKNOWN;
        }
        List<Fields> alive = replies.section(Command.POOLS).each().stream()
                .filter(Pools::configured)
                .filter(pool -> ALIVE.equalsIgnoreCase(pool.text("Status")))
                .toList();
        return new Pools(alive.size(), inUse(alive));
    }

    /** An empty slot is no pool, and the fee pool of a firmware's developer is not the owner's. */
    static boolean configured(Fields pool) {
        String url = pool.text("URL");
        return url != null && !url.equalsIgnoreCase(DEVELOPERS_FEE);
    }

    /** The one with a stratum connection; where a firmware does not say that, the first by priority. */
    private static @Nullable Pool inUse(List<Fields> alive) {
        Fields chosen = null;
        for (Fields pool : alive) {
            if (chosen == null || rank(pool) < rank(chosen)) {
                chosen = pool;
            }
        }
        return chosen == null ? null : pool(chosen.text("URL"), chosen.text("User"));
    }

    /** A pool as the device names it; null where they name none. */
    public static @Nullable Pool pool(@Nullable String url, @Nullable String worker) {
        String place = url == null ? null : DeviceText.clean(withoutUser(url));
        return place == null ? null : new Pool(place, DeviceText.clean(worker));
    }

    /** The same if the device reports host and port separately without a scheme. */
    public static @Nullable Pool pool(@Nullable String host, double port, String scheme, @Nullable String worker) {
        if (host == null || host.isBlank()) {
            return null;
        }
        String hostAndPort = port >= 1 && port <= 65_535 && !PORT.matcher(host).find() ? host + ":" + (int) port : host;
        return pool(hostAndPort.contains("://") ? hostAndPort : scheme + "://" + hostAndPort, worker);
    }

    private static double rank(Fields pool) {
        double priority = pool.number("Priority");
        boolean active = Boolean.parseBoolean(pool.rawText("Stratum Active"));
        return (active ? 0 : 1e6) + (priority >= 0 ? priority : 1e5);
    }

    /** What stands before the host may be a password. */
    private static String withoutUser(String url) {
        int host = url.indexOf("://") + 3;
        int at = url.lastIndexOf('@');
        return host >= 3 && at >= host ? url.substring(0, host) + url.substring(at + 1) : url.substring(at + 1);
    }
}
