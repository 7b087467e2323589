package io.minerops.server.rest.view;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.Query;
import org.jspecify.annotations.Nullable;

/**
 * How miners are named to the outside: their address, with the port where that is not the default one.
 *
 * @param defaultPort the port of a miner whose name has none
 */
public record MinerNames(int defaultPort) {
    public String of(MinerAddress miner) {
        return miner.toString(defaultPort);
    }

    @Nullable
    String ofNullable(@Nullable MinerAddress miner) {
        return miner == null ? null : of(miner);
    }

    /**
     * The miner of a name.
     *
     * @throws io.minerops.api.InvalidArgumentException if the name is not an address
     */
    public MinerAddress parse(String name) {
        return MinerAddress.parse(name, defaultPort);
    }

    /** The miner that a path names as {@code ip}; a name that is no address is 400. */
    public MinerAddress inPath(ApiRequest request) {
        try {
            return parse(request.path("ip"));
        } catch (InvalidArgumentException e) {
            throw HttpFailure.of(400, String.valueOf(e.getMessage()), "miner_ip");
        }
    }

    /** The miner that a query names as {@code ip} or {@code miner_ip}; null where it names none. */
    @Nullable
    public MinerAddress requested(Query query) {
        MinerAddress ip = query.read("ip", this::parse);
        MinerAddress miner = query.read("miner_ip", name -> {
            if (query.text("ip") != null) {
                throw new InvalidArgumentException(
                        "miner_ip", "miner_ip must not be given beside ip, which means the same");
            }
            return parse(name);
        });
        return ip == null ? miner : ip;
    }
}
