package io.minerops.testkit.fleet;

import io.minerops.api.miner.WorkState;
import java.util.Arrays;
import java.util.List;

/** The models that are simulated, with the maker's figures for a usual variant of each. */
public enum Model {
    /** Joins commands by {@code +}, as the old firmware does. */
    S9("Antminer S9", Style.S9, 13.5, 1_323, 63, 2),
    /** Bitmain's own firmware. */
    S19("Antminer S19", Style.S19, 95, 3_250, 76, 4),
    /** Bitmain's own firmware. */
    S19_PRO("Antminer S19 Pro", Style.S19, 110, 3_250, 114, 4),
    /** Bitmain's own firmware. */
    S19J_PRO("Antminer S19j Pro", Style.S19, 104, 3_068, 126, 4),
    /** VNish: measures its power and joins commands. */
    S19J_PRO_VNISH("Antminer S19j Pro (Vnish 1.2.6)", Style.VNISH, 104, 3_068, 126, 4),
    /** Bitmain's own firmware. */
    S21("Antminer S21", Style.S19, 200, 3_500, 108, 4),
    /** VNish: measures its power, joins commands, and refuses {@code version}, as its late releases do. */
    S21_VNISH("Antminer S21 (Vnish 1.2.7)", Style.VNISH_WITHOUT_VERSION, 200, 3_500, 108, 4),
    /** Bitmain's own firmware. */
    T21("Antminer T21", Style.S19, 190, 3_610, 108, 4),
    /** Bitmain's own firmware of a year in which it reports faults. Only in fleets that request it. */
    S21_PRO("Antminer S21 Pro", Style.S19, 234, 3_510, 65, 4),
    /** LuxOS, which a client changes only in a session. Only in fleets that request it. */
    S19_PRO_LUXOS("Antminer S19 Pro", Style.LUXOS, 110, 3_250, 114, 4);

    /** How a firmware formats its responses. */
    enum Style {
        S9,
        S19,
        VNISH,
        VNISH_WITHOUT_VERSION,
        LUXOS
    }

    /** How many hash boards each of these has. */
    static final int CHAINS = 3;

    private final String type;
    private final Style style;
    private final double nominalThs;
    private final double nominalW;
    private final int chipsPerChain;
    private final int fans;

    Model(String type, Style style, double nominalThs, double nominalW, int chipsPerChain, int fans) {
        this.type = type;
        this.style = style;
        this.nominalThs = nominalThs;
        this.nominalW = nominalW;
        this.chipsPerChain = chipsPerChain;
        this.fans = fans;
    }

    /** The type as the miner itself writes it, such as {@code Antminer S21 (Vnish 1.2.7)}. */
    public String type() {
        return type;
    }

    /** The rate that the maker states, TH/s. */
    public double nominalThs() {
        return nominalThs;
    }

    /** The power that the maker states, W. */
    public double nominalW() {
        return nominalW;
    }

    /** How many fans it has. */
    public int fans() {
        return fans;
    }

    /** Whether its replies hold the power that it draws. */
    public boolean measuresPower() {
        return style == Style.VNISH || style == Style.VNISH_WITHOUT_VERSION;
    }

    /** Whether it answers several commands in one request, such as {@code summary+stats}. */
    public boolean joinsCommands() {
        return style != Style.S19;
    }

    /** Whether it reports faults of itself. */
    public boolean reportsFaults() {
        return this == S21_PRO;
    }

    /**
     * Whether it can be made to report a state of work: VNish says that it is paused or tuning, Bitmain's own firmware and LuxOS that
     * they sleep. False for the states that follow from other figures.
     */
    public boolean reports(WorkState state) {
        return switch (state) {
            case PAUSED, TUNING -> measuresPower();
            case ASLEEP -> style == Style.S19 || style == Style.LUXOS;
            default -> false;
        };
    }

    /** Whether it answers {@code version}. */
    public boolean reportsVersion() {
        return style != Style.VNISH_WITHOUT_VERSION;
    }

    Style style() {
        return style;
    }

    int chipsPerChain() {
        return chipsPerChain;
    }

    /** The default models of a fleet, in the order of declaration. */
    public static List<Model> all() {
        return Arrays.stream(values())
                .filter(model -> model.style != Style.LUXOS && !model.reportsFaults())
                .toList();
    }

    /**
     * The model of one miner of a fleet: as many miners in a row as there are models have each of them once, in an order
     * that the seed gives.
     */
    static Model of(List<Model> models, long seed, int index) {
        int block = index / models.size();
        return Noise.shuffled(models, Noise.mix(seed, Noise.Stream.MODEL, block))
                .get(index % models.size());
    }
}
