package io.minerops.core.device.internal.model;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who made a device, by its model's name: firmware runs on the devices of several makers. */
public final class Makers {
    public static final String BITMAIN = "Bitmain";
    static final String MICROBT = "MicroBT";

    private record Maker(String name, Pattern models) {
        public static Maker of(String name, String models) {
            return new Maker(name, Pattern.compile(models, Pattern.CASE_INSENSITIVE));
        }
    }

    private static final List<Maker> KNOWN = List.of(
            Maker.of(BITMAIN, "bitmain|antminer|^[ST]\\d{1,2}(?!\\d).*|^(?:BHB|HHB|A3HB)\\d.*"),
            Maker.of(MICROBT, "whatsminer|microbt|^M\\d{1,2}[A-Z]{0,2}\\+{0,2}(?:[\\s_-]*V.*)?$"),
            Maker.of("Canaan", "avalon|canaan"),
            Maker.of("Braiins", "^BMM|braiins|mini miner"),
            Maker.of("Innosilicon", "innosilicon|innominer"),
            Maker.of("LuckyMiner", "lucky|^LV[-_ ]?0?\\d\\b"),
            Maker.of("NerdAxe", "nerd"),
            Maker.of("Bitaxe", "bitaxe"),
            Maker.of("SealMiner", "sealminer"),
            Maker.of("Auradine", "auradine|teraflux"),
            Maker.of("iBeLink", "ibelink"),
            Maker.of("Hammer", "hammer"),
            Maker.of("Spondoolies", "spondoolies"),
            Maker.of("Ebang", "ebang|\\bebit"),
            Maker.of("Miner-Va", "miner-?va"),
            Maker.of("HonorKnight", "honor ?knight"));

    private Makers() {}

    /** The maker of a model; null where the name is none that is known. */
    public static @Nullable String of(@Nullable String model) {
        if (model == null) {
            return null;
        }
        return KNOWN.stream()
                .filter(maker -> maker.models().matcher(model).find())
                .map(Maker::name)
                .findFirst()
                .orElse(null);
    }

    /** The maker of a device whose firmware was written for Antminers: Bitmain where its type names no other. */
    public static String byFirmwareOfAntminers(@Nullable String type) {
        String maker = of(type);
        return maker == null ? BITMAIN : maker;
    }

    /** The model of such a device; null where it is of another maker, or not known. */
    public static @Nullable AntminerModel antminer(@Nullable String type) {
        return BITMAIN.equals(byFirmwareOfAntminers(type)) ? AntminerModel.parse(type) : null;
    }

    /**
     * The name of such a device's model; null where it is not known.
     *
     * @param antminer what {@link #antminer} made of the type
     */
    public static @Nullable String nameByFirmwareOfAntminers(@Nullable String type, @Nullable AntminerModel antminer) {
        if (antminer != null) {
            return antminer.name();
        }
        return BITMAIN.equals(byFirmwareOfAntminers(type)) ? null : modelName(type);
    }

    /** The name of a model as its maker's other devices are named; the text as it is where the maker is not known. */
    public static @Nullable String modelName(@Nullable String model) {
        String maker = of(model);
        if (BITMAIN.equals(maker)) {
            AntminerModel antminer = AntminerModel.parse(model);
            return antminer == null ? model : antminer.name();
        } else if (MICROBT.equals(maker)) {
            WhatsminerModel whatsminer = WhatsminerModel.parse(model);
            return whatsminer == null ? model : whatsminer.name();
        }
        return model;
    }
}
