package io.minerops.tariff;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.CompensatedSum;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The lines of one month of the site's calendar. */
final class MonthBill {
    private static final int MINUTES_PER_HOUR = 60;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int MONTHS_PER_YEAR = 12;

    private final RatePlan plan;
    private final LoadProfile load;
    private final YearMonth month;

    /** The clock on the wall at the begin of each interval, from {@link #first} on. */
    private final List<LocalDateTime> clock;

    private final int first;
    private final List<Bill.Line> lines = new ArrayList<>();

    private MonthBill(RatePlan plan, LoadProfile load, int first, List<LocalDateTime> clock) {
        this.plan = plan;
        this.load = load;
        this.month = YearMonth.from(clock.get(0));
        this.first = first;
        this.clock = clock;
    }

    /** The lines of all months that the load touches. */
    static List<Bill.Line> lines(RatePlan plan, LoadProfile load) {
        List<LocalDateTime> clock = new ArrayList<>(load.size());
        for (int i = 0; i < load.size(); i++) {
            clock.add(withinAnHour(plan, load, i));
        }
        List<Bill.Line> lines = new ArrayList<>();
        for (int from = 0, to = 0; from < load.size(); from = to) {
            YearMonth month = YearMonth.from(clock.get(from));
            while (to < load.size() && YearMonth.from(clock.get(to)).equals(month)) {
                to++;
            }
            lines.addAll(new MonthBill(plan, load, from, clock.subList(from, to)).lines());
        }
        return lines;
    }

    private static LocalDateTime withinAnHour(RatePlan plan, LoadProfile load, int interval) {
        LocalDateTime local = plan.local(load.epochSecond(interval));
        int second = local.getMinute() * SECONDS_PER_MINUTE + local.getSecond();
        if (second + load.stepSeconds() > MINUTES_PER_HOUR * SECONDS_PER_MINUTE) {
            throw new InvalidArgumentException(
                    "load",
                    "each interval of the load must lie within an hour of the clock in " + plan.zone()
                            + ", that of " + load.step() + " at " + load.time(interval) + " begins at "
                            + local.toLocalTime() + "; use a shorter step");
        }
        return local;
    }

    private List<Bill.Line> lines() {
        for (Charge charge : plan.charges()) {
            if (charge instanceof Charge.Energy energy) {
                energy(energy);
            } else if (charge instanceof Charge.Market market) {
                market(market);
            } else if (charge instanceof Charge.Demand demand) {
                demand(demand);
            } else if (charge instanceof Charge.CoincidentPeak peak) {
                coincidentPeak(peak);
            } else if (charge instanceof Charge.Fixed fixed) {
                double due = due(fixed.per());
                double price = fixed.per() == Charge.Per.YEAR ? fixed.amount() / MONTHS_PER_YEAR : fixed.amount();
                add(fixed.name(), "fixed", due, unit(fixed.per()), price, due * price);
            } else if (charge instanceof Charge.Curtailment curtailment) {
                curtailment(curtailment);
            }
        }
        // last, for it depends on all others
        for (Charge charge : plan.charges()) {
            if (charge instanceof Charge.Minimum minimum) {
                minimum(minimum);
            }
        }
        return lines;
    }

    private void energy(Charge.Energy energy) {
        TierAmounts amounts = new TierAmounts(energy.rates(), limitFactor(energy.unit()));
        for (int i = 0; i < clock.size(); i++) {
            amounts.add(plan.period(energy.schedule(), clock.get(i)), load.kw(first + i) * load.hours());
        }
        amounts.lines(energy.name(), "kWh", this::add);
    }

    private double limitFactor(Charge.TierUnit unit) {
        return switch (unit) {
            case KWH -> 1;
            case KWH_PER_KW -> highestKw();
            case KWH_DAILY -> due(Charge.Per.DAY);
        };
    }

    private double highestKw() {
        double highest = 0;
        for (int i = 0; i < clock.size(); i++) {
            highest = Math.max(highest, load.kw(first + i));
        }
        return highest;
    }

    private void market(Charge.Market market) {
        CompensatedSum drawn = new CompensatedSum();
        CompensatedSum cost = new CompensatedSum();
        CompensatedSum fed = new CompensatedSum();
        CompensatedSum credit = new CompensatedSum();
        for (int i = first; i < first + clock.size(); i++) {
            double kwh = load.kw(i) * load.hours();
            double price = market.prices().mean(load.epochSecond(i), load.epochSecond(i) + load.stepSeconds());
            if (kwh >= 0) {
                drawn.add(kwh);
                cost.add(kwh * (price + market.adder()));
            } else {
                fed.add(kwh);
                credit.add(kwh * price * market.feedInShare());
            }
        }
        addMean(market.name(), "drawn", drawn.value(), cost.value());
        addMean(market.name(), "fed in", fed.value(), credit.value());
    }

    private void addMean(String charge, String item, double kwh, double amount) {
        if (kwh != 0) {
            add(charge, item, kwh, "kWh", amount / kwh, amount);
        }
    }

    private void demand(Charge.Demand demand) {
        List<Peaks> parts = demand.daily() ? dailyPeaks(demand) : List.of(peaks(demand, 0, clock.size()));
        for (int period = 0; period < demand.rates().size(); period++) {
            TierAmounts amounts = new TierAmounts(demand.rates(), 1);
            for (Peaks peaks : parts) {
                amounts.restart();
                amounts.add(period, Math.max(0, peaks.kw(period)));
            }
            amounts.lines(demand.name(), "kW", this::add);
        }
    }

    private List<Peaks> dailyPeaks(Charge.Demand demand) {
        List<Peaks> days = new ArrayList<>();
        for (int from = 0, to = 0; from < clock.size(); from = to) {
            LocalDate day = clock.get(from).toLocalDate();
            while (to < clock.size() && clock.get(to).toLocalDate().equals(day)) {
                to++;
            }
            days.add(peaks(demand, from, to));
        }
        return days;
    }

    private Peaks peaks(Charge.Demand demand, int from, int to) {
        int windowS = Math.max(demand.windowMinutes() * SECONDS_PER_MINUTE, load.stepSeconds());
        Peaks peaks = new Peaks(demand.rates().size());
        for (int i = from; i < to; i++) {
            LocalDateTime local = clock.get(i);
            int second = local.getMinute() * SECONDS_PER_MINUTE + local.getSecond();
            long window = load.epochSecond(first + i) - second % windowS;
            peaks.add(plan.period(demand.schedule(), local), window, load.kw(first + i));
        }
        return peaks;
    }

    private void coincidentPeak(Charge.CoincidentPeak charge) {
        long begin = load.epochSecond(first);
        long end = load.epochSecond(first + clock.size());
        for (Instant peak : charge.peaks()) {
            long from = peak.getEpochSecond();
            long to = from + charge.length().toSeconds();
            if (from < begin || from >= end) {
                continue;
            }
            if (to > load.end().getEpochSecond()) {
                throw new InvalidArgumentException(
                        "load", "the load ends at " + load.end() + ", within the peak of the grid from " + peak);
            }
            double kw = load.kwh(from, to) * Duration.ofHours(1).toSeconds() / (to - from);
            add(charge.name(), "peak at " + peak, kw, "kW", charge.price(), kw * charge.price());
        }
    }

    private void curtailment(Charge.Curtailment credit) {
        CompensatedSum shed = new CompensatedSum();
        for (int i = first; i < first + clock.size(); i++) {
            long begin = load.epochSecond(i);
            long end = begin + load.stepSeconds();
            for (Charge.Curtailment.Event event : credit.events()) {
                long overlap = Math.min(end, event.end().getEpochSecond())
                        - Math.max(begin, event.start().getEpochSecond());
                if (overlap > 0) {
                    shed.add(Math.max(0, credit.baselineKw() - load.kw(i))
                            * overlap
                            / Duration.ofHours(1).toSeconds());
                }
            }
        }
        if (shed.value() != 0) {
            double kwh = shed.value();
            add(credit.name(), "curtailed", kwh, "kWh", -credit.price(), -kwh * credit.price());
        }
    }

    private void minimum(Charge.Minimum minimum) {
        double due = due(minimum.per());
        double least = due * (minimum.per() == Charge.Per.YEAR ? minimum.amount() / MONTHS_PER_YEAR : minimum.amount());
        double others = new Bill(plan.currency(), load.start(), load.end(), lines).total();
        if (others < least) {
            add(minimum.name(), "shortfall", 1, "months", least - others, least - others);
        }
    }

    /** How many days or months of this month the load covers; a part of one is its share. */
    private double due(Charge.Per per) {
        ZoneId zone = plan.zone();
        if (per != Charge.Per.DAY) {
            return share(
                    month.atDay(1).atStartOfDay(zone).toEpochSecond(),
                    month.plusMonths(1).atDay(1).atStartOfDay(zone).toEpochSecond());
        }
        CompensatedSum days = new CompensatedSum();
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            LocalDate date = month.atDay(day);
            days.add(share(
                    date.atStartOfDay(zone).toEpochSecond(),
                    date.plusDays(1).atStartOfDay(zone).toEpochSecond()));
        }
        return days.value();
    }

    private double share(long begin, long end) {
        long covered = Math.min(end, load.epochSecond(first + clock.size())) - Math.max(begin, load.epochSecond(first));
        return covered <= 0 ? 0 : (double) covered / (end - begin);
    }

    private static String unit(Charge.Per per) {
        return per == Charge.Per.DAY ? "days" : "months";
    }

    private void add(String charge, String item, double quantity, String unit, double price, double amount) {
        lines.add(new Bill.Line(month, charge, item, quantity, unit, price, amount));
    }
}
