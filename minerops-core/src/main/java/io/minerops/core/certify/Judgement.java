package io.minerops.core.certify;

import io.minerops.core.certify.Certificate.Result;
import io.minerops.core.certify.Certificate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Judges what was watched, criterion by criterion. Used once. */
final class Judgement {
    private static final double PERCENT = 100;
    private static final double SECONDS_PER_HOUR = 3_600;

    private final CertificateCriteria criteria;
    private final Certificate.Watch watch;
    private final Certificate.Work work;
    private final ShareProof shares;
    private final DeviceWatch device;
    private final double maxTempC;
    private final List<String> notes;
    private final List<Result> results = new ArrayList<>();

    /**
     * @param notes takes what was not judged and why
     */
    Judgement(
            CertificateCriteria criteria,
            Certificate.Watch watch,
            Certificate.Work work,
            ShareProof shares,
            DeviceWatch device,
            double maxTempC,
            List<String> notes) {
        this.criteria = criteria;
        this.watch = watch;
        this.work = work;
        this.shares = shares;
        this.device = device;
        this.maxTempC = maxTempC;
        this.notes = notes;
    }

    List<Result> results() {
        provenHashrate();
        claimedHashrate();
        claim();
        efficiency();
        parts("boards", "working hash boards", criteria.boards(), device.boardsAlive(), device.boardsExpected());
        parts("chips", "working chips", criteria.chips(), device.chipsAlive(), device.chipsExpected());
        atMost(
                "temperature",
                "highest temperature",
                maxTempC,
                criteria.maxTempC(),
                "°C",
                "No temperature was reported.");
        atMost(
                "restarts",
                "restarts",
                shares.countsRestarts() ? watch.restarts() : Double.NaN,
                criteria.maxRestarts(),
                "",
                "The device reports neither a running time nor a count of shares.");
        faults();
        identity();
        polls();
        remarks();
        return results;
    }

    private void provenHashrate() {
        double limit = criteria.minThs();
        Verdict verdict;
        String finding;
        if (work.upperThs() < limit) {
            verdict = Verdict.FAIL;
            finding = text("At %s confidence it is below %.2f TH/s.", confidence(), work.upperThs());
        } else if (!isProvenLongEnough()) {
            verdict = Verdict.NOT_PROVEN;
            finding = whyNotProven();
        } else if (work.lowerThs() >= limit) {
            verdict = Verdict.PASS;
            finding = text("At %s confidence it is %.2f TH/s or more.", confidence(), work.lowerThs());
        } else {
            verdict = Verdict.NOT_PROVEN;
            finding = text(
                    "At %s confidence it is between %.2f and %.2f TH/s; more hours narrow this.",
                    confidence(), work.lowerThs(), work.upperThs());
        }
        add("proven_hashrate", "proven hashrate", work.provenThs(), limit, true, "TH/s", verdict, finding);
    }

    private void claimedHashrate() {
        double limit = criteria.minThs();
        double claimed = work.claimedThs();
        Verdict verdict = Double.isNaN(claimed) ? Verdict.NOT_PROVEN : passes(claimed >= limit);
        String finding = Double.isNaN(claimed)
                ? "The device reports no hashrate."
                : text("The mean of what it reports is %.1f %% of nominal.", claimed / criteria.nominalThs() * PERCENT);
        add("claimed_hashrate", "reported hashrate", claimed, limit, true, "TH/s", verdict, finding);
    }

    /** Whether the proven hashrate is what the miner claims; shares of a developer's fee are paid elsewhere, and lost ones count too. */
    private void claim() {
        double unproven = work.unprovenShare();
        double claimed = shares.work().claimedThs();
        Verdict verdict;
        String finding;
        if (!(claimed > 0)) {
            verdict = Verdict.NOT_PROVEN;
            finding = whyNotProven();
        } else if (work.upperThs() < claimed * (1 - criteria.tolerance())) {
            verdict = Verdict.FAIL;
            finding = text(
                    "It claims %.2f TH/s, and at %s confidence shares prove less than %.2f.",
                    claimed, confidence(), work.upperThs());
        } else if (isProvenLongEnough() && work.lowerThs() >= claimed * (1 - criteria.tolerance())) {
            verdict = Verdict.PASS;
            finding = text("At %s confidence shares prove the claim, but for the tolerance.", confidence());
        } else {
            verdict = Verdict.NOT_PROVEN;
            finding = text(
                    "It claims %.2f TH/s, and at %s confidence shares prove %.2f to %.2f.",
                    claimed, confidence(), work.lowerThs(), work.upperThs());
        }
        add(
                "claim",
                "unproven part of the claim",
                unproven * PERCENT,
                criteria.tolerance() * PERCENT,
                false,
                "%",
                verdict,
                finding);
    }

    private void efficiency() {
        Double nominal = criteria.nominalJPerTh();
        if (nominal == null) {
            notes.add("Energy per work was not judged: no nominal efficiency was given.");
            return;
        }
        double limit = nominal * (1 + criteria.efficiencyTolerance());
        Verdict verdict = Verdict.NOT_PROVEN;
        String finding;
        if (Double.isNaN(work.powerW())) {
            finding = "The device reports no power.";
        } else if (work.powerEstimated()) {
            finding = "The device does not measure its power; the figure is a nominal one of its model.";
        } else if (work.powerW() / work.lowerThs() <= limit && isProvenLongEnough()) {
            verdict = Verdict.PASS;
            finding = text("At %s confidence it is %.2f J/TH or less.", confidence(), work.powerW() / work.lowerThs());
        } else if (work.powerW() / work.upperThs() > limit) {
            verdict = Verdict.FAIL;
            finding = text("At %s confidence it is above %.2f J/TH.", confidence(), work.powerW() / work.upperThs());
        } else {
            finding = isProvenLongEnough()
                    ? text(
                            "At %s confidence it is between %.2f and %.2f J/TH.",
                            confidence(), work.powerW() / work.upperThs(), work.powerW() / work.lowerThs())
                    : whyNotProven();
        }
        add("efficiency", "energy per proven work", work.jPerTh(), limit, false, "J/TH", verdict, finding);
    }

    private void parts(String key, String label, @Nullable Integer given, CountShares alive, CountShares expected) {
        double limit = given == null ? expected.highest() : given;
        double working = alive.nearlyAlways();
        if (Double.isNaN(limit)) {
            notes.add("The number of " + label + " was not judged: the device does not say how many it has, and --"
                    + key + " was not given.");
        } else if (Double.isNaN(working)) {
            add(key, label, working, limit, true, "", Verdict.NOT_PROVEN, "The device does not report their number.");
        } else {
            String finding = working >= limit
                    ? "As many worked in 99 % of the polls or more."
                    : text("In 1 %% of the polls or more fewer worked; the lowest number was %.0f.", alive.lowest());
            add(key, label, working, limit, true, "", passes(working >= limit), finding);
        }
    }

    private void faults() {
        if (!device.reportsFaults()) {
            notes.add("Faults were not judged: the device does not report any.");
            return;
        }
        int count = device.faults().size();
        String finding = count == 0
                ? "It reported none."
                : "It reported " + device.faults().get(0).code() + more(count);
        add("faults", "reported faults", count, 0, false, "", passes(count == 0), finding);
    }

    private static String more(int count) {
        return count == 1 ? "." : " and " + (count - 1) + " more.";
    }

    private void identity() {
        int count = device.changes().size();
        if (count == 0 && !device.isIdentified()) {
            notes.add("The device reports neither a MAC nor a serial number: this certificate is of an address only.");
            return;
        }
        String finding = count == 0
                ? "MAC and serial numbers, as far as reported, stayed the same."
                : sentence(String.join("; ", device.changes()));
        add("identity", "changes of identity", count, 0, false, "", passes(count == 0), finding);
    }

    private void polls() {
        double answered = (double) watch.answered() / watch.polls();
        add(
                "answered",
                "polls answered",
                answered * PERCENT,
                criteria.minAnswered() * PERCENT,
                true,
                "%",
                passes(answered >= criteria.minAnswered()),
                text("%d of %d polls were answered.", watch.answered(), watch.polls()));
        boolean covered = watch.coveredS() >= criteria.minCoveredS();
        add(
                "covered",
                "time covered by polls",
                watch.coveredS() / SECONDS_PER_HOUR,
                criteria.minCoveredS() / SECONDS_PER_HOUR,
                true,
                "h",
                covered ? Verdict.PASS : Verdict.NOT_PROVEN,
                watch.gaps() == 0 ? "There is no gap." : "Gaps: " + watch.gaps() + "; they are not counted.");
    }

    private void remarks() {
        device.firmwareChanges().forEach(change -> notes.add(sentence(change)));
        if (shares.counterResets() > 0) {
            notes.add("Counters of shares began again " + shares.counterResets()
                    + " times without a restart; these steps prove nothing.");
        }
    }

    private void atMost(String key, String label, double measured, double limit, String unit, String none) {
        Verdict verdict = Double.isNaN(measured) ? Verdict.NOT_PROVEN : passes(measured <= limit);
        String finding = Double.isNaN(measured)
                ? none
                : verdict == Verdict.PASS ? "It stayed within the limit." : "It went above the limit.";
        add(key, label, measured, limit, false, unit, verdict, finding);
    }

    private boolean isProvenLongEnough() {
        return work.provenS() >= criteria.minCoveredS();
    }

    private String whyNotProven() {
        if (work.provenS() == 0) {
            return shares.acceptedWithoutDifficulty()
                    ? "The device counts accepted shares and does not report their difficulty."
                    : "The device reports no accepted shares.";
        }
        return text(
                "Shares were counted over %.1f h, and %.1f h are required.",
                work.provenS() / SECONDS_PER_HOUR, criteria.minCoveredS() / SECONDS_PER_HOUR);
    }

    private String confidence() {
        String percent = String.format(Locale.ROOT, "%.3f", criteria.confidence() * PERCENT);
        return percent.replaceAll("\\.?0+$", "") + " %";
    }

    private static Verdict passes(boolean holds) {
        return holds ? Verdict.PASS : Verdict.FAIL;
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    @SuppressWarnings("AnnotateFormatMethod") // its formats are the constants above
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void add(
            String key,
            String label,
            double measured,
            double limit,
            boolean atLeast,
            String unit,
            Verdict verdict,
            String finding) {
        results.add(new Result(key, label, measured, limit, atLeast, unit, verdict, finding));
    }
}
