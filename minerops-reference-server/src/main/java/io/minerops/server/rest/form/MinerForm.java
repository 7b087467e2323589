package io.minerops.server.rest.form;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.Miner;
import io.minerops.server.http.Fields;
import io.minerops.server.http.Timestamps;
import io.minerops.server.rest.view.MinerNames;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a body says of a miner.
 *
 * @param names how miners are named
 */
public record MinerForm(MinerNames names) {
    /** The fields that a body may have; the first three are those that a client read and sends back. */
    public static final List<String> FIELDS = List.of(
            "miner_ip",
            "registered_at",
            "serial",
            "hostname",
            "vendor",
            "model",
            "firmware_version",
            "mac",
            "location",
            "site",
            "owner",
            "tags",
            "nominal_ths",
            "nominal_efficiency_j_per_th",
            "power_cap_w",
            "power_price_usd_per_kwh",
            "notes");

    /** The miner with the changes that a body describes. */
    public Miner change(Miner miner, Fields body) {
        body.requiredText("miner_ip", text -> {
            if (!names.parse(text).equals(miner.address())) {
                throw new InvalidArgumentException(
                        "miner_ip", "miner_ip must be the path's, " + names.of(miner.address()) + ", or be left out");
            }
        });
        body.requiredText("registered_at", text -> Timestamps.parse("registered_at", text));
        Miner.Builder changed = miner.toBuilder();
        body.text("serial", serial -> {
            if (!Objects.equals(serial, miner.serial())) {
                throw new InvalidArgumentException(
                        "serial", "serial must be unchanged or left out: the device reports it");
            }
        });
        body.text("hostname", name -> name(miner, changed, name));
        body.text("vendor", changed::vendor);
        body.text("model", changed::model);
        body.text("firmware_version", changed::firmwareVersion);
        body.text("mac", changed::mac);
        body.text("location", changed::location);
        body.text("site", changed::site);
        body.text("owner", changed::owner);
        body.texts("tags", (List<String> tags) -> changed.tags(tags));
        body.number("nominal_ths", changed::nominalThs);
        body.number("nominal_efficiency_j_per_th", changed::nominalEfficiencyJPerTh);
        body.number("power_cap_w", changed::powerCapW);
        body.number("power_price_usd_per_kwh", changed::powerPriceUsdPerKwh);
        body.text("notes", changed::notes);
        body.check();
        return changed.build();
    }

    /** A name that is sent back as it was read is not given by a person for that. */
    private static void name(Miner miner, Miner.Builder changed, @Nullable String name) {
        if (!Objects.equals(name, miner.hostname())) {
            changed.hostname(name).hostnameGiven(name != null);
        }
    }
}
