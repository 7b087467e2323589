/** Electricity tariffs: bills, prices by hour, and the JSON form of the US utility rate database. */
module io.minerops.tariff {
    requires transitive io.minerops.api;
    requires static transitive org.jspecify;

    exports io.minerops.tariff;
}
