package io.minerops.api.miner;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A miner of the registry: where it is, what it is, and what its owner says of it.
 *
 * @param address where it answers; its name everywhere
 * @param hostname its name, at most 256 characters; null where unknown
 * @param hostnameGiven whether a user entered that name: then the name from the device does not replace it;
 *     always false without a name
 * @param vendor its maker, at most 256 characters; null where unknown
 * @param model its model, at most 256 characters; null where unknown
 * @param firmwareVersion its firmware, at most 256 characters; null where unknown
 * @param mac its hardware address, at most 256 characters; null where unknown
 * @param serial its maker's number of this very device, as the device says it, at most 256 characters; null where unknown
 * @param location where it stands, at most 256 characters; null where not said
 * @param site the site that it belongs to, at most 256 characters; null where not said
 * @param owner whose it is, at most 256 characters; null where not said
 * @param tags the owner's labels, at most 32 of 1 to 64 characters each, without repeats
 * @param nominalThs nominal hashrate, TH/s, above 0; null if not given
 * @param nominalEfficiencyJPerTh the energy per work that it should need, J/TH, above 0; null where not said
 * @param powerCapW the most power that it may draw, W, above 0; null where there is no cap
 * @param powerPriceUsdPerKwh its own tariff, USD/kWh, above -1, at most 1,000; null for the fleet's tariff
 * @param notes free text, at most 4,000 characters; null where there is none
 * @param registeredAt when it became known
 */
public record Miner(
        MinerAddress address,
        @Nullable String hostname,
        boolean hostnameGiven,
        @Nullable String vendor,
        @Nullable String model,
        @Nullable String firmwareVersion,
        @Nullable String mac,
        @Nullable String serial,
        @Nullable String location,
        @Nullable String site,
        @Nullable String owner,
        List<String> tags,
        @Nullable Double nominalThs,
        @Nullable Double nominalEfficiencyJPerTh,
        @Nullable Double powerCapW,
        @Nullable Double powerPriceUsdPerKwh,
        @Nullable String notes,
        Instant registeredAt) {

    public Miner {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(registeredAt, "registeredAt");
        Check.absentOrLimited("hostname", hostname, 256);
        Check.absentOrLimited("vendor", vendor, 256);
        Check.absentOrLimited("model", model, 256);
        Check.absentOrLimited("firmware_version", firmwareVersion, 256);
        Check.absentOrLimited("mac", mac, 256);
        Check.absentOrLimited("serial", serial, 256);
        Check.absentOrLimited("location", location, 256);
        Check.absentOrLimited("site", site, 256);
        Check.absentOrLimited("owner", owner, 256);
        Check.absentOrLimited("notes", notes, 4_000);
        Check.absentOrPositive("nominal_ths", nominalThs);
        Check.absentOrPositive("nominal_efficiency_j_per_th", nominalEfficiencyJPerTh);
        Check.absentOrPositive("power_cap_w", powerCapW);
        hostnameGiven = hostnameGiven && hostname != null;
        if (powerPriceUsdPerKwh != null) {
            Check.tariff("power_price_usd_per_kwh", powerPriceUsdPerKwh);
        }
        tags = List.copyOf(new LinkedHashSet<>(tags));
        if (tags.size() > 32) {
            throw new InvalidArgumentException("tags", "tags must be at most 32, not " + tags.size());
        }
        tags.forEach(tag -> Check.text("tags", tag, 64));
    }

    /** Starts a miner of which only the address is known. */
    public static Builder builder(MinerAddress address, Instant registeredAt) {
        return new Builder(address, registeredAt);
    }

    /** Starts a copy of this miner. */
    public Builder toBuilder() {
        return toBuilder(address, registeredAt);
    }

    /** Starts a copy of this miner that stands elsewhere or became known at another time. */
    public Builder toBuilder(MinerAddress otherAddress, Instant otherTime) {
        Builder copy = new Builder(otherAddress, otherTime);
        copy.hostname = hostname;
        copy.hostnameGiven = hostnameGiven;
        copy.vendor = vendor;
        copy.model = model;
        copy.firmwareVersion = firmwareVersion;
        copy.mac = mac;
        copy.serial = serial;
        copy.location = location;
        copy.site = site;
        copy.owner = owner;
        copy.tags = tags;
        copy.nominalThs = nominalThs;
        copy.nominalEfficiencyJPerTh = nominalEfficiencyJPerTh;
        copy.powerCapW = powerCapW;
        copy.powerPriceUsdPerKwh = powerPriceUsdPerKwh;
        copy.notes = notes;
        return copy;
    }

    /**
     * This miner with every field of the identity that is known. What the device does not report stays as it is, and so
     * does all user input. If the MAC differs, another device uses this address: then what
     * the earlier device said of itself goes.
     */
    public Miner with(MinerIdentity identity) {
        boolean other = DeviceKey.differ(DeviceKey.ofMac(mac), DeviceKey.ofMac(identity.mac()));
        Builder merged = toBuilder();
        merged.vendor = known(identity.vendor(), other ? null : vendor);
        merged.model = known(identity.model(), other ? null : model);
        merged.firmwareVersion = known(identity.firmwareVersion(), other ? null : firmwareVersion);
        merged.mac = known(identity.mac(), mac);
        merged.serial = known(identity.serial(), other ? null : serial);
        if (!hostnameGiven) {
            merged.hostname = known(identity.hostname(), other ? null : hostname);
        }
        return merged.build();
    }

    /** Whether nothing is known of it but its address: no person and no device has said anything. */
    public boolean isBare() {
        return equals(builder(address, registeredAt).build());
    }

    private static @Nullable String known(@Nullable String said, @Nullable String before) {
        return said != null ? said : before;
    }

    /** Collects the fields of a miner; not thread-safe. */
    public static final class Builder {
        private final MinerAddress address;
        private final Instant registeredAt;
        private @Nullable String hostname;
        private boolean hostnameGiven;
        private @Nullable String vendor;
        private @Nullable String model;
        private @Nullable String firmwareVersion;
        private @Nullable String mac;
        private @Nullable String serial;
        private @Nullable String location;
        private @Nullable String site;
        private @Nullable String owner;
        private List<String> tags = List.of();
        private @Nullable Double nominalThs;
        private @Nullable Double nominalEfficiencyJPerTh;
        private @Nullable Double powerCapW;
        private @Nullable Double powerPriceUsdPerKwh;
        private @Nullable String notes;

        private Builder(MinerAddress address, Instant registeredAt) {
            this.address = address;
            this.registeredAt = registeredAt;
        }

        public Builder hostname(@Nullable String value) {
            hostname = value;
            return this;
        }

        public Builder hostnameGiven(boolean value) {
            hostnameGiven = value;
            return this;
        }

        public Builder vendor(@Nullable String value) {
            vendor = value;
            return this;
        }

        public Builder model(@Nullable String value) {
            model = value;
            return this;
        }

        public Builder firmwareVersion(@Nullable String value) {
            firmwareVersion = value;
            return this;
        }

        public Builder mac(@Nullable String value) {
            mac = value;
            return this;
        }

        public Builder serial(@Nullable String value) {
            serial = value;
            return this;
        }

        public Builder location(@Nullable String value) {
            location = value;
            return this;
        }

        public Builder site(@Nullable String value) {
            site = value;
            return this;
        }

        public Builder owner(@Nullable String value) {
            owner = value;
            return this;
        }

        public Builder tags(Collection<String> value) {
            tags = List.copyOf(value);
            return this;
        }

        public Builder nominalThs(@Nullable Double value) {
            nominalThs = value;
            return this;
        }

        public Builder nominalEfficiencyJPerTh(@Nullable Double value) {
            nominalEfficiencyJPerTh = value;
            return this;
        }

        public Builder powerCapW(@Nullable Double value) {
            powerCapW = value;
            return this;
        }

        public Builder powerPriceUsdPerKwh(@Nullable Double value) {
            powerPriceUsdPerKwh = value;
            return this;
        }

        public Builder notes(@Nullable String value) {
            notes = value;
            return this;
        }

        /**
         * The miner as collected.
         *
         * @throws InvalidArgumentException if a field is out of its range
         */
        public Miner build() {
            return new Miner(
                    address,
                    hostname,
                    hostnameGiven,
                    vendor,
                    model,
                    firmwareVersion,
                    mac,
                    serial,
                    location,
                    site,
                    owner,
                    tags,
                    nominalThs,
                    nominalEfficiencyJPerTh,
                    powerCapW,
                    powerPriceUsdPerKwh,
                    notes,
                    registeredAt);
        }
    }
}
