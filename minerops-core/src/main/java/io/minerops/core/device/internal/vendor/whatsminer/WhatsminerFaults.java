package io.minerops.core.device.internal.vendor.whatsminer;

import io.minerops.api.miner.DeviceFault;
import io.minerops.core.device.internal.normalise.Faults;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The error codes of a Whatsminer: in the summary of its first and second API, else by a command of the second, and with
 * the description of the device by the third. Their times are of the device's own zone, which it does not name.
 */
final class WhatsminerFaults {
    private static final String COUNT = "Error Code Count";
    private static final String NUMBERED = "Error Code ";
    private static final String REASON = "reason";
    private static final int MAX_READ = 256;
    private static final Pattern CODE = Pattern.compile("\\d{1,9}");
    /** EEPROM and chips of the boards 0 to 3; of temperatures only those with a number of their own for each board. */
    private static final Pattern OF_BOARD = Pattern.compile("(?:[45]\\d|3[025])[0-3]");

    private static final Pattern LOCAL_TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}:\\d{2}");

    private WhatsminerFaults() {}

    /** Whether the summary has the codes, so that no other command is needed. */
    static boolean inSummary(DeviceReplies replies) {
        Fields summary = replies.section(Command.SUMMARY);
        return summary.has(COUNT) || summary.has(NUMBERED + 0);
    }

    /** Those of the first and second API; null where the device does not say. */
    static @Nullable List<DeviceFault> byCgminer(DeviceReplies replies, Instant readAt) {
        if (inSummary(replies)) {
            return ofSummary(replies.section(Command.SUMMARY), readAt);
        }
        Fields reported = replies.section(Command.GET_ERROR_CODE);
        return reported.has("error_code") ? listed(reported.elements("error_code"), readAt) : null;
    }

    /** Those of the third API; null where the device does not say. */
    static @Nullable List<DeviceFault> byThirdApi(Fields info, Instant readAt) {
        return info.has("error-code") ? listed(info.elements("error-code"), readAt) : null;
    }

    private static List<DeviceFault> ofSummary(Fields summary, Instant readAt) {
        Faults faults = new Faults(readAt);
        double count = summary.number(COUNT);
        for (int index = 0; index < MAX_READ && !(index >= count); index++) {
            String code = summary.text(NUMBERED + index);
            if (code == null) {
                break;
            }
            add(faults, code, null, null);
        }
        return faults.list();
    }

    /** Each is a bare code, or an object with the time under the code and perhaps a reason. */
    private static List<DeviceFault> listed(List<Map<String, String>> elements, Instant readAt) {
        Faults faults = new Faults(readAt);
        for (Map<String, String> element : elements) {
            String reason = element.get(REASON);
            element.forEach((key, value) -> {
                if (key.isEmpty()) {
                    add(faults, value, null, null);
                } else if (!key.equals(REASON)) {
                    add(faults, key, reason, value);
                }
            });
        }
        return faults.list();
    }

    private static void add(Faults faults, String code, @Nullable String reason, @Nullable String time) {
        String number = code.strip();
        if (CODE.matcher(number).matches() && Faults.isFault(number)) {
            String text = reason == null ? part(number) : reason;
            String begun = time == null ? "" : time.strip();
            boolean timed = LOCAL_TIME.matcher(begun).matches();
            faults.add(number, timed ? (text + " (" + begun + " by its clock)").strip() : text, null, slot(number));
        }
    }

    /** The board that a code of three digits about boards names with its last one, as in 540, 541 and 542. */
    private static double slot(String code) {
        boolean ofBoard = OF_BOARD.matcher(code).matches();
        return ofBoard ? code.charAt(2) - '0' : Double.NaN;
    }

    /** What the hundreds of a code stand for; empty where that is not known. */
    private static String part(String code) {
        return code.length() != 3
                ? ""
                : switch (code.charAt(0)) {
                    case '1' -> "Fan";
                    case '2' -> "Power supply";
                    case '3' -> "Temperature of a hash board";
                    case '4' -> "EEPROM of a hash board";
                    case '5' -> "Hash board";
                    case '6' -> "Ambient temperature";
                    case '7' -> "Control board";
                    case '8' -> "Firmware";
                    default -> "";
                };
    }
}
