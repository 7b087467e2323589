package io.minerops.core.device.internal.model;

import java.util.Map;

/**
 * The nominal efficiency at the wall of Antminers, J/TH, as Bitmain's data sheets state it for the usual variant of each
 * model. No sheet is known of the S19+, the S19j+, the S19L and the S21e: they have the figure of the model that they
 * derive from.
 */
final class AntminerEfficiency {
    private static final String IMMERSION = " Imm";

    private static final Map<String, Double> JOULES_PER_TH = Map.ofEntries(
            Map.entry("S7", 250.0),
            Map.entry("R4", 97.0),
            Map.entry("S9", 98.0),
            Map.entry("S9i", 94.0),
            Map.entry("S9j", 93.0),
            Map.entry("S9k", 85.0),
            Map.entry("S9 SE", 80.0),
            Map.entry("T9", 126.0),
            Map.entry("T9+", 136.0),
            Map.entry("S11", 75.0),
            Map.entry("S15", 57.0),
            Map.entry("T15", 67.0),
            Map.entry("S17", 45.0),
            Map.entry("S17 Pro", 39.5),
            Map.entry("S17+", 40.0),
            Map.entry("S17e", 45.0),
            Map.entry("T17", 55.0),
            Map.entry("T17+", 50.0),
            Map.entry("T17e", 55.0),
            Map.entry("S19", 34.5),
            Map.entry("S19+", 34.5),
            Map.entry("S19L", 34.5),
            Map.entry("S19i", 34.5),
            Map.entry("S19a", 34.5),
            Map.entry("S19a Pro", 29.5),
            Map.entry("S19 Pro", 29.5),
            Map.entry("S19 Pro+", 27.5),
            Map.entry("S19j", 34.5),
            Map.entry("S19j+", 34.5),
            Map.entry("S19j Pro", 30.5),
            Map.entry("S19j Pro+", 27.5),
            Map.entry("S19j XP", 21.5),
            Map.entry("S19k Pro", 23.0),
            Map.entry("S19 XP", 21.5),
            Map.entry("S19 XP+", 21.5),
            Map.entry("S19 Hyd", 34.5),
            Map.entry("S19 Pro Hyd", 29.5),
            Map.entry("S19 Pro+ Hyd", 27.5),
            Map.entry("S19e XP Hyd", 22.0),
            Map.entry("S19 XP Hyd", 20.8),
            Map.entry("S19 XP+ Hyd", 19.0),
            Map.entry("T19", 37.5),
            Map.entry("T19 Hyd", 34.5),
            Map.entry("S21", 17.5),
            Map.entry("S21e", 17.5),
            Map.entry("S21+", 16.5),
            Map.entry("S21 Pro", 15.0),
            Map.entry("S21 XP", 13.5),
            Map.entry("S21 Hyd", 16.0),
            Map.entry("S21e Hyd", 17.0),
            Map.entry("S21+ Hyd", 15.0),
            Map.entry("S21e XP Hyd", 13.0),
            Map.entry("S21 XP Hyd", 12.0),
            Map.entry("S21 XP+ Hyd", 11.0),
            Map.entry("S21 Imm", 16.0),
            Map.entry("S21 XP Imm", 13.5),
            Map.entry("T21", 19.0),
            Map.entry("S23", 11.0),
            Map.entry("S23 Hyd", 9.5),
            Map.entry("S23 Imm", 12.0));

    private AntminerEfficiency() {}

    /** That of a model without the maker's name; for immersion that of the same boards in air; NaN where not known. */
    static double joulesPerTh(String name) {
        Double known = JOULES_PER_TH.get(name);
        if (known == null && name.contains(IMMERSION)) {
            known = JOULES_PER_TH.get(name.replace(IMMERSION, ""));
        }
        return known == null ? Double.NaN : known;
    }

    /** The models that have a figure. */
    static Iterable<String> models() {
        return JOULES_PER_TH.keySet();
    }
}
