package io.minerops.core.device.internal.vendor;

import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.internal.model.AntminerModel;
import io.minerops.core.device.internal.vendor.antminer.AntminerFamily;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A device that says what it is and gives no reading, as far as it has been read. */
public final class SelfNamed {
    /** What it lacks if its web server requires a login. */
    public static final String LOGIN = "needs a login";

    private static final List<String> NAMES = List.of("Type", "PROD", "Model", "MODEL");
    private static final List<String> PROGRAMS = List.of("BOS", "LUXminer", "MARA", "BMMiner", "CGMiner", "Miner");
    /** What the web servers of miners call what they lock; those of other devices name themselves too. */
    private static final List<String> REALMS = List.of("antminer", "miner", "vnish", "anthill", "braiins", "marathon");

    private SelfNamed() {}

    /**
     * What the device calls itself, cleaned; null where it does not.
     *
     * @param realm what its web server calls what it keeps locked; null where it does not
     */
    public static @Nullable String of(DeviceReplies replies, @Nullable String realm) {
        Fields version = replies.section(Command.VERSION);
        return Stream.concat(
                        NAMES.stream().map(version::text), PROGRAMS.stream().map(version::keyed))
                .filter(SelfNamed::isName)
                .findFirst()
                .orElseGet(() -> ofRealm(realm));
    }

    private static boolean isName(@Nullable String text) {
        return text != null && text.chars().anyMatch(Character::isLetter);
    }

    private static @Nullable String ofRealm(@Nullable String realm) {
        String lower = realm == null ? "" : realm.toLowerCase(Locale.ROOT);
        return REALMS.stream().anyMatch(lower::contains) ? realm : null;
    }

    /**
     * Query to such a device: whether it requires a login. A model that gives its readings without one has a
     * login for its pages all the same, and is at rest or begins to work.
     */
    public static List<Command> toBeAsked(DeviceReplies replies, DeviceFamily family, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("sdminer")) {
            return List.of(Command.SDMINER_OVERVIEW);
        } else if (lower.contains("mara") || lower.contains("kaonsu")) {
            return List.of(Command.MARATHON_BRIEF);
        }
        boolean known = !(family instanceof GenericFamily || family instanceof AntminerFamily)
                || AntminerModel.parse(replies.type()) != null;
        return known ? List.of() : List.of(Command.WEB_ROOT);
    }

    /** What such a device comes to that wants no login, as far as it says. */
    public static String onlyAnswers(DeviceReplies replies) {
        return "answers only "
                + replies.answered().stream()
                        .filter(command -> !Command.WHERE_NAMED.contains(command))
                        .map(Command::wireName)
                        .sorted()
                        .collect(Collectors.joining(", "));
    }
}
