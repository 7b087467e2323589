package io.minerops.core.alert;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerIndex;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of the miners of one roster, laid out for the checks that share it. */
final class RosterIndex {
    private final MinerIndex roster;
    private final double[] nominalThs;
    private final double @Nullable [] powerCapsW;
    private final RowBits withoutNominal;
    private final Map<String, RowBits> byModel = new LinkedHashMap<>();
    private final Map<String, RowBits> byTag = new HashMap<>();

    RosterIndex(MinerIndex roster) {
        this.roster = roster;
        int size = roster.size();
        nominalThs = new double[size];
        double[] caps = new double[size];
        withoutNominal = new RowBits(size);
        boolean capped = false;
        for (int row = 0; row < size; row++) {
            Miner miner = roster.miner(row);
            nominalThs[row] = orNaN(miner.nominalThs());
            caps[row] = orNaN(miner.powerCapW());
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
        powerCapsW = capped ? caps : null;
    }

    MinerIndex roster() {
        return roster;
    }

    int size() {
        return roster.size();
    }

    /** TH/s by row; NaN where a miner has none. Shared, not to be written to. */
    double[] nominalThs() {
        return nominalThs;
    }

    /** W by row, NaN where a miner has none; null where no miner has one. Shared, not to be written to. */
    double @Nullable [] powerCapsW() {
        return powerCapsW;
    }

    RowBits withoutNominal() {
        return withoutNominal;
    }

    /** The rows of each model that is known. */
    Collection<RowBits> models() {
        return byModel.values();
    }

    /** The rows of a scope. */
    RowBits rows(RuleScope scope) {
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
