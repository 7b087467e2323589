package io.minerops.server.curtail;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.core.curtail.CurtailmentLimits;
import io.minerops.core.curtail.CurtailmentLimits.Commitment;
import io.minerops.core.curtail.IntervalPrices;
import io.minerops.core.curtail.ShedEvent;
import io.minerops.server.http.Fields;
import io.minerops.server.http.Timestamps;
import io.minerops.tariff.PriceCsv;
import io.minerops.tariff.PriceSeries;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What a plan is requested for, from a body. Figures are checked while it is read; whether they go together, when it is used. */
final class PlanForm {
    /** The fields that a body may have. */
    static final List<String> FIELDS = List.of(
            "csv",
            "zone",
            "prices",
            "step_minutes",
            "hours",
            "tag",
            "idle_w",
            "min_run_minutes",
            "min_stop_minutes",
            "restart_minutes",
            "ramp_kw",
            "demand_usd_per_kw",
            "peak_so_far_kw",
            "commitments");

    static final int DEFAULT_HOURS = 24;
    static final int MAX_HOURS = 8_784;
    static final double MAX_MINUTES = 10_080;
    static final double MAX_KW = 1e9;
    static final double MAX_IDLE_W = 1e6;
    static final double MAX_DEMAND = 1e6;

    private static final double KWH_PER_MWH = 1_000;
    private static final double MAX_USD_PER_MWH = 1e6;

    @Nullable
    String tag;

    double idleW;
    private @Nullable String csv;
    private ZoneId zone = ZoneOffset.UTC;
    private final List<Map.Entry<Instant, Double>> prices = new ArrayList<>();
    private @Nullable Duration step;
    private int hours = DEFAULT_HOURS;
    private CurtailmentLimits limits = CurtailmentLimits.NONE;
    private final List<Limit> commitments = new ArrayList<>();

    private record Limit(Instant from, Instant until, double minKw, double maxKw) {}

    private PlanForm() {}

    /** Reads a body; what is wrong with it is answered with 400. */
    static PlanForm read(Fields body) {
        PlanForm form = new PlanForm();
        form.readPrices(body);
        form.readLimits(body);
        body.check();
        return form;
    }

    private void readPrices(Fields body) {
        body.text("csv", text -> csv = text);
        body.textAs("zone", ShedEvent::zone, given -> zone = given == null ? ZoneOffset.UTC : given);
        body.objects("prices", List.of("start", "usd_per_mwh"), items -> {
            if (items.isEmpty()) {
                throw new InvalidArgumentException("prices", "prices must have a price");
            }
            items.forEach(this::addPrice);
        });
        body.requiredNumber("step_minutes", value -> step = minutes("step_minutes", value, 1, 1_440));
        body.requiredNumber("hours", value -> hours = (int) whole("hours", value, 1, MAX_HOURS));
    }

    private void addPrice(Fields item) {
        Instant[] start = {null};
        item.require("start");
        item.require("usd_per_mwh");
        item.requiredText("start", text -> start[0] = Timestamps.parse("start", text));
        item.requiredNumber("usd_per_mwh", value -> {
            if (start[0] != null) {
                double price = Check.between("usd_per_mwh", value, -1_000, MAX_USD_PER_MWH);
                prices.add(Map.entry(start[0], price / KWH_PER_MWH));
            }
        });
        item.check();
    }

    private void readLimits(Fields body) {
        Duration[] times = {Duration.ZERO, Duration.ZERO, Duration.ZERO};
        Double[] ramp = {null};
        double[] demand = {0, 0};
        body.text("tag", text -> tag = Check.absentOrLimited("tag", text, 64));
        body.requiredNumber("idle_w", value -> idleW = Check.between("idle_w", value, 0, MAX_IDLE_W));
        body.requiredNumber("min_run_minutes", v -> times[0] = minutes("min_run_minutes", v, 0, MAX_MINUTES));
        body.requiredNumber("min_stop_minutes", v -> times[1] = minutes("min_stop_minutes", v, 0, MAX_MINUTES));
        body.requiredNumber("restart_minutes", v -> times[2] = minutes("restart_minutes", v, 0, MAX_MINUTES));
        body.requiredNumber("ramp_kw", value -> ramp[0] = positive("ramp_kw", value));
        body.requiredNumber(
                "demand_usd_per_kw", value -> demand[0] = Check.between("demand_usd_per_kw", value, 0, MAX_DEMAND));
        body.requiredNumber("peak_so_far_kw", value -> demand[1] = Check.between("peak_so_far_kw", value, 0, MAX_KW));
        body.objects(
                "commitments",
                List.of("from", "until", "min_kw", "max_kw"),
                items -> items.forEach(item -> commitments.add(limit(item))));
        limits = new CurtailmentLimits(times[0], times[1], times[2], ramp[0], demand[0], demand[1], List.of());
    }

    private static Limit limit(Fields item) {
        Instant[] times = {Instant.EPOCH, Instant.EPOCH};
        double[] kw = {0, Double.POSITIVE_INFINITY};
        item.require("from");
        item.require("until");
        item.requiredText("from", text -> times[0] = Timestamps.parse("from", text));
        item.requiredText("until", text -> times[1] = Timestamps.parse("until", text));
        item.requiredNumber("min_kw", value -> kw[0] = Check.between("min_kw", value, 0, MAX_KW));
        item.requiredNumber("max_kw", value -> kw[1] = Check.between("max_kw", value, 0, MAX_KW));
        item.check();
        return new Limit(times[0], times[1], kw[0], kw[1]);
    }

    /**
     * The prices: those of the CSV, else those given, else those of the tariff.
     *
     * @param tariff the prices of the hours to come
     * @throws InvalidArgumentException that names a gap, an overlap or a line
     */
    IntervalPrices prices(IntFunction<IntervalPrices> tariff) {
        if (csv != null) {
            return of(PriceCsv.parse(csv.lines().toList(), zone));
        }
        if (prices.isEmpty()) {
            return tariff.apply(hours);
        }
        Map<Instant, Double> byStart = new TreeMap<>();
        for (Map.Entry<Instant, Double> price : prices) {
            if (byStart.put(price.getKey(), price.getValue()) != null) {
                throw new InvalidArgumentException("prices", "prices overlap: two begin at " + price.getKey());
            }
        }
        return of(PriceSeries.of(step, byStart));
    }

    /** Prices of a series. */
    static IntervalPrices of(PriceSeries series) {
        List<Double> usdPerKwh = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            usdPerKwh.add(series.price(i));
        }
        return new IntervalPrices(series.start(), series.step(), usdPerKwh);
    }

    /**
     * The limits.
     *
     * @throws InvalidArgumentException ({@code commitments}) if one is out of its range
     */
    CurtailmentLimits limits() {
        return limits.withCommitments(commitments.stream()
                .map(limit -> new Commitment(limit.from(), limit.until(), limit.minKw(), limit.maxKw()))
                .toList());
    }

    static Duration minutes(String name, double value, double min, double max) {
        return Duration.ofSeconds(Math.round(Check.between(name, value, min, max) * 60));
    }

    private static double whole(String name, double value, int min, int max) {
        if (value != Math.rint(value)) {
            throw new InvalidArgumentException(name, name + " must be a whole number, not " + value);
        }
        return Check.between(name, value, min, max);
    }

    private static double positive(String name, double value) {
        Check.absentOrPositive(name, value);
        return Check.between(name, value, 0, MAX_KW);
    }
}
