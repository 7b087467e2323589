package io.minerops.core.alert.type;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerIndex;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of the miners of one roster, laid out for the checks that share it. */
public final class RosterIndex {
    private final MinerIndex roster;
    private final double[] nominalThs;
    private final double[] powerCapW;
    private final boolean anyPowerCap;
    private final RowBits withoutNominal;
    private final Map<String, RowBits> byModel = new LinkedHashMap<>();
    private final Map<String, RowBits> byTag = new HashMap<>();

    public RosterIndex(MinerIndex roster) {
        this.roster = roster;
        int size = roster.size();
        nominalThs = new double[size];
        powerCapW = new double[size];
        withoutNominal = new RowBits(size);
        boolean capped = false;
        for (int row = 0; row < size; row++) {
            Miner miner = roster.miner(row);
            nominalThs[row] = orNaN(miner.nominalThs());
            powerCapW[row] = orNaN(miner.powerCapW());
            capped |= miner.powerCapW() != null;
            if (miner.nominalThs() == null) {
                withoutNominal.set(row);
            }
            String model = miner.model();
            if (model != null) {
                byModel.computeIfAbsent(model.toLowerCase(Locale.ROOT), name -> new RowBits(size))
                        .set(row);
            }
            for (String tag : miner.tags()) {
                byTag.computeIfAbsent(tag, name -> new RowBits(size)).set(row);
            }
        }
        anyPowerCap = capped;
    }

    public MinerIndex roster() {
        return roster;
    }

    public int size() {
        return roster.size();
    }

    /** TH/s by row; NaN where a miner has none. Shared, not to be written to. */
    double[] nominalThs() {
        return nominalThs;
    }

    /** W by row; NaN where a miner has none. Shared, not to be written to. */
    public double[] powerCapW() {
        return powerCapW;
    }

    public boolean anyPowerCap() {
        return anyPowerCap;
    }

    public RowBits withoutNominal() {
        return withoutNominal;
    }

    /** The rows of each model that is known. */
    public Collection<RowBits> models() {
        return byModel.values();
    }

    /** The rows of a scope. */
    public RowBits rows(RuleScope scope) {
        RowBits rows = new RowBits(size());
        if (scope.miner() != null) {
            int row = roster.row(scope.miner());
            if (row >= 0) {
                rows.set(row);
            }
        } else {
            rows.setAll();
        }
        String part = scope.modelPart();
        if (part != null) {
            RowBits models = new RowBits(size());
            byModel.forEach((model, of) -> {
                if (model.contains(part)) {
                    models.or(of);
                }
            });
            rows.and(models);
        }
        if (!scope.anyTag().isEmpty()) {
            RowBits tagged = new RowBits(size());
            for (String tag : scope.anyTag()) {
                RowBits of = byTag.get(tag);
                if (of != null) {
                    tagged.or(of);
                }
            }
            rows.and(tagged);
        }
        return rows;
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
