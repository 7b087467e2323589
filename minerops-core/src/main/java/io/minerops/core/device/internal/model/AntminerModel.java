package io.minerops.core.device.internal.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.minerops.core.device.internal.wire.DeviceText;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an Antminer, and what follows from it.
 *
 * @param name such as {@code Antminer S19 Pro}
 * @param sha256 whether it computes SHA-256: the series S, T, R, V and U do; L, D, E, K, Z and the others do not
 * @param cooling what cools it
 * @param boards how many hash boards it has; NaN for a model that comes with different numbers of them, or is not known
 * @param joulesPerTh nominal efficiency, J/TH; NaN for a model that is not in the table
 */
public record AntminerModel(String name, boolean sha256, Cooling cooling, double boards, double joulesPerTh) {
    /** What cools a device. */
    public enum Cooling {
        AIR,
        /** Water flows through plates on the boards, and has sensors of its own. */
        WATER,
        /** The device lies in a liquid. */
        IMMERSION
    }

    /** The model texts of one fleet are few and come with every poll, and parsing them is expensive. */
    private static final Cache<String, Optional<AntminerModel>> BY_TYPE =
            Caffeine.newBuilder().maximumSize(1_024).executor(Runnable::run).build();

    private static final String PREFIX = "Antminer ";
    private static final Pattern SHA256 = Pattern.compile("[STRVU]\\d.*");
    private static final Pattern WATER = Pattern.compile(".* Hyd\\b.*");
    private static final Pattern IMMERSION = Pattern.compile(".* Imm\\b.*");

    /** The air-cooled models of which every variant has three boards. */
    private static final Pattern THREE_BOARDS =
            Pattern.compile("(?:S7|S9|T9(?!\\+)|S11|S15|T15|S17|T17|S19|T19|S21|T21)(?!\\d)(?!.* Dual).*");

    private static final Set<String> THREE_BOARDS_IN_WATER = Set.of(
            "S19 XP Hyd", "S19 XP+ Hyd", "S21 Hyd", "S21+ Hyd", "S21e Hyd", "S21e XP Hyd", "S21 XP Hyd", "S21 XP+ Hyd");
    private static final Set<String> FOUR_BOARDS_IN_WATER = Set.of("S19 Hyd", "S19 Pro Hyd", "S19 Pro+ Hyd", "T19 Hyd");

    /** The model as the device names it, such as {@code Antminer S21 Pro (Vnish 1.2.7)}; null where it names none. */
    public static @Nullable AntminerModel parse(@Nullable String type) {
        String line = DeviceText.clean(type);
        return line == null
                ? null
                : BY_TYPE.get(
                                line,
                                words -> Optional.ofNullable(AntminerName.find(words))
                                        .map(AntminerModel::of))
                        .orElse(null);
    }

    private static AntminerModel of(String name) {
        Cooling cooling = WATER.matcher(name).matches()
                ? Cooling.WATER
                : IMMERSION.matcher(name).matches() ? Cooling.IMMERSION : Cooling.AIR;
        return new AntminerModel(
                PREFIX + name,
                SHA256.matcher(name).matches(),
                cooling,
                boards(name, cooling),
                AntminerEfficiency.joulesPerTh(name));
    }

    private static double boards(String name, Cooling cooling) {
        return switch (cooling) {
            case AIR -> THREE_BOARDS.matcher(name).matches() ? 3 : Double.NaN;
            case WATER ->
                THREE_BOARDS_IN_WATER.contains(name) ? 3 : FOUR_BOARDS_IN_WATER.contains(name) ? 4 : Double.NaN;
            case IMMERSION -> Double.NaN;
        };
    }

    /** Whether a liquid cools it, so that it has no fans although its firmware may name some. */
    public boolean liquidCooled() {
        return cooling != Cooling.AIR;
    }
}
