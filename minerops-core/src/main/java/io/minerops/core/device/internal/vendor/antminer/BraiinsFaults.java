package io.minerops.core.device.internal.vendor.antminer;

import io.minerops.api.miner.DeviceFault;
import io.minerops.core.device.internal.normalise.Faults;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The errors of Braiins OS: those that its web server lists, which it keeps over restarts, and what its tuner reports of
 * each board. Only some have a code; the others are named by their first words.
 */
final class BraiinsFaults {
    private static final Pattern FIRST_WORDS = Pattern.compile("[^:(\\[{\"]{2,64}");
    private static final String UNNAMED = "error";
    private static final String BOARD = "Hashboard";
    private static final Pattern TROUBLE = Pattern.compile(
            "error|fail|fault|invalid|overheat|too (?:hot|high|low)|disabled|dead|missing|not (?:detected|found)",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> TUNING =
            Set.of("stable", "testing performance profile", "tuning individual chips");
    private static final Set<String> SEARCHING = Set.of("testing performance profile", "tuning individual chips");

    private record Entry(Fields fields, @Nullable Instant at) {}

    private BraiinsFaults() {}

    /** Those that the web server lists by a path of its own, the latest first; null where it does not. */
    static @Nullable List<DeviceFault> byRest(DeviceReplies replies, Instant readAt) {
        if (!replies.answered().contains(Command.BRAIINS_ERRORS)) {
            return null;
        }
        Faults faults = new Faults(readAt);
        replies.whole(Command.BRAIINS_ERRORS).rows("errors").stream()
                .map(entry -> new Entry(entry, at(entry)))
                .sorted(Comparator.comparing(Entry::at, Comparator.nullsLast(Comparator.reverseOrder())))
                .forEach(entry -> add(faults, entry));
        return faults.list();
    }

    /** Those that the tuner reports of each board by the older query; null where it does not. */
    static @Nullable List<DeviceFault> byGraphql(DeviceReplies replies, Instant readAt) {
        Fields boards = replies.section(Command.BRAIINS_GRAPHQL_ERRORS)
                .child("info")
                .child("workSolver")
                .child("childSolvers");
        if (boards.isEmpty()) {
            return null;
        }
        Faults faults = new Faults(readAt);
        for (Fields board : boards.each()) {
            for (var message : board.child("tuner").elements("statusMessages")) {
                addOfTuner(faults, board.text("name"), board.number("name"), message.get(""));
            }
        }
        return faults.list();
    }

    /** Those that the tuner reports of each board at the CGMiner port; null where it does not. */
    static @Nullable List<DeviceFault> byTuner(DeviceReplies replies, Instant readAt) {
        Fields boards = replies.section(Command.TUNERSTATUS).child("TunerChainStatus");
        if (boards.isEmpty()) {
            return null;
        }
        Faults faults = new Faults(readAt);
        for (Fields board : boards.each()) {
            double slot = board.number("HashchainIndex");
            addOfTuner(faults, board.text("HashchainIndex"), slot, board.text("Status"));
        }
        return faults.list();
    }

    /** Whether the tuner at the CGMiner port is looking for the best settings of a board. */
    static boolean isTuning(DeviceReplies replies) {
        return replies.section(Command.TUNERSTATUS).child("TunerChainStatus").each().stream()
                .map(board -> board.text("Status"))
                .anyMatch(status -> status != null && SEARCHING.contains(status.toLowerCase(Locale.ROOT)));
    }

    private static void addOfTuner(Faults faults, @Nullable String board, double slot, @Nullable String status) {
        boolean trouble = status != null
                && !TUNING.contains(status.toLowerCase(Locale.ROOT))
                && TROUBLE.matcher(status).find();
        if (trouble) {
            faults.add(BOARD + (board == null ? "" : " " + board), status, null, slot);
        }
    }

    private static void add(Faults faults, Entry entry) {
        String message = entry.fields.text("message");
        double slot = slot(entry.fields.child("components"));
        List<Fields> codes = entry.fields.child("error_codes").each();
        for (Fields code : codes) {
            String reason = code.text("reason");
            faults.add(code.text("code"), reason == null ? message : reason, entry.at, slot);
        }
        if (codes.isEmpty() && message != null) {
            faults.add(name(entry.fields.child("components"), message), message, entry.at, slot);
        }
    }

    private static String name(Fields components, String message) {
        String part = components.text("name");
        if (part != null) {
            String index = components.text("index");
            return index == null ? part : part + " " + index;
        }
        Matcher words = FIRST_WORDS.matcher(message);
        return words.lookingAt() && !words.group().isBlank() ? words.group() : UNNAMED;
    }

    private static double slot(Fields components) {
        return BOARD.equalsIgnoreCase(components.text("name")) ? components.number("index") : Double.NaN;
    }

    private static @Nullable Instant at(Fields entry) {
        Instant reported = Faults.instant(entry.text("timestamp"));
        return reported != null
                ? reported
                : Faults.ofSeconds(entry.child("timestamp").number("seconds"));
    }
}
