package io.minerops.core.device.internal.normalise;

import io.minerops.core.device.internal.wire.DeviceNumber;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a device says of its shares beside their number; NaN where it does not.
 *
 * @param accepted the sum of the difficulties of accepted shares
 * @param rejected the sum of those of rejected ones
 * @param last the difficulty of the last share
 * @param lastAgeS how long ago that was, s
 * @param best the highest difficulty that a share came to
 */
public record Shares(double accepted, double rejected, double last, double lastAgeS, double best) {
    /** How long ago: {@code 0:00:05}. */
    private static final Pattern AGE = Pattern.compile("(\\d{1,5}):(\\d{2}):(\\d{2})");
    /** A number with a multiple, such as {@code 4.29G}. */
    private static final Pattern MULTIPLE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kKMGTPE])");

    private static final String MULTIPLES = "kMGTPE";
    private static final double THOUSAND = 1e3;
    /** Devices that count shares and not their difficulty report the highest number, or 0. */
    private static final double NO_DIFFICULTY = 1e19;

    /** Of the summary, else of the sum of the pools, and of the pool that took a share last. */
    public static Shares of(DeviceReplies replies) {
        Fields summary = replies.section(Command.SUMMARY);
        List<Fields> pools = replies.section(Command.POOLS).each();
        double when = replies.whole(Command.POOLS).child("STATUS").number("When");
        double lastAge = Double.NaN;
        double last = Double.NaN;
        for (Fields pool : pools) {
            double age = age(pool.rawText("Last Share Time"), when);
            double difficulty = difficulty(pool.number("Last Share Difficulty"));
            if (Pools.configured(pool) && difficulty > 0 && !(age > lastAge)) {
                lastAge = age;
                last = difficulty;
            }
        }
        return new Shares(
                sum(summary, pools, "Difficulty Accepted", "Accepted"),
                sum(summary, pools, "Difficulty Rejected", "Rejected"),
                last,
                lastAge,
                difficulty(summary.number("Best Share")));
    }

    /** Of the whole device, else of its pools. A sum of 0 of shares that there are is not known. */
    private static double sum(Fields summary, List<Fields> pools, String difficulty, String count) {
        double total = summary.number(difficulty);
        if (Double.isNaN(total) || total == 0) {
            total = pools.stream()
                    .mapToDouble(pool -> pool.number(difficulty))
                    .filter(value -> value >= 0)
                    .reduce(Double::sum)
                    .orElse(total);
        }
        boolean counted = summary.number(count) > 0 || pools.stream().anyMatch(pool -> pool.number(count) > 0);
        return total >= NO_DIFFICULTY || (total == 0 && counted) ? Double.NaN : total;
    }

    /** A difficulty; NaN for 0, and for what firmwares send instead of one. */
    public static double difficulty(double sent) {
        return sent > 0 && sent < NO_DIFFICULTY ? sent : Double.NaN;
    }

    /** A difficulty that may be written with a multiple; NaN where it is none. */
    public static double difficulty(@Nullable String sent) {
        Matcher matcher = MULTIPLE.matcher(sent == null ? "" : sent.strip());
        if (matcher.matches()) {
            int power = MULTIPLES.indexOf(matcher.group(2).replace('K', 'k')) + 1;
            return difficulty(Double.parseDouble(matcher.group(1)) * Math.pow(THOUSAND, power));
        }
        return difficulty(sent == null ? Double.NaN : plain(sent));
    }

    /** Either how long ago, or a time on the clock of the device, which gives its own time beside it. */
    private static double age(@Nullable String sent, double when) {
        Matcher matcher = AGE.matcher(sent == null ? "" : sent.strip());
        if (matcher.matches()) {
            return Integer.parseInt(matcher.group(1)) * 3_600.0
                    + Integer.parseInt(matcher.group(2)) * 60
                    + Integer.parseInt(matcher.group(3));
        }
        double time = sent == null ? Double.NaN : plain(sent);
        return time > 0 && when >= time ? when - time : Double.NaN;
    }

    private static double plain(String sent) {
        return DeviceNumber.parse(sent);
    }
}
