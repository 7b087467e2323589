package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.LineCodec;
import io.minerops.blocks.jdbc.Row;
import io.minerops.sqlite.internal.db.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;

/** A miner of the registry as a row. */
final class MinerRows {
    private static final String COLUMNS = "miner, hostname, vendor, model, firmware_version, mac, location, tags,"
            + " nominal_ths, nominal_efficiency_j_per_th, power_cap_w, power_price_usd_per_kwh, notes, registered_at, serial, hostname_given,"
            + " site, owner";

    static final String ALL = "SELECT " + COLUMNS + " FROM miners";

    private static final String PUT = "INSERT OR REPLACE INTO miners (" + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private MinerRows() {}

    static void put(Transaction tx, AddressBook addresses, Collection<Miner> miners) throws SQLException {
        Binder row = tx.bind(PUT);
        for (Miner miner : miners) {
            row.number(addresses.number(miner.address()))
                    .text(miner.hostname())
                    .text(miner.vendor())
                    .text(miner.model())
                    .text(miner.firmwareVersion())
                    .text(miner.mac())
                    .text(miner.location())
                    .text(LineCodec.of(miner.tags()))
                    .real(miner.nominalThs())
                    .real(miner.nominalEfficiencyJPerTh())
                    .real(miner.powerCapW())
                    .real(miner.powerPriceUsdPerKwh())
                    .text(miner.notes())
                    .time(miner.registeredAt())
                    .text(miner.serial())
                    .flag(miner.hostnameGiven())
                    .text(miner.site())
                    .text(miner.owner())
                    .add();
        }
        tx.runBatch(PUT);
    }

    static Miner read(Row row, AddressBook addresses) throws SQLException {
        MinerAddress address = addresses.address((int) row.number());
        Miner.Builder miner = Miner.builder(address, Instant.EPOCH)
                .hostname(row.textOrNull())
                .vendor(row.textOrNull())
                .model(row.textOrNull())
                .firmwareVersion(row.textOrNull())
                .mac(row.textOrNull())
                .location(row.textOrNull())
                .tags(LineCodec.list(row.text()))
                .nominalThs(row.realOrNull())
                .nominalEfficiencyJPerTh(row.realOrNull())
                .powerCapW(row.realOrNull())
                .powerPriceUsdPerKwh(row.realOrNull())
                .notes(row.textOrNull());
        Instant registeredAt = row.time();
        return miner
                .serial(row.textOrNull())
                .hostnameGiven(row.flag())
                .site(row.textOrNull())
                .owner(row.textOrNull())
                .build()
                .toBuilder(address, registeredAt)
                .build();
    }
}
