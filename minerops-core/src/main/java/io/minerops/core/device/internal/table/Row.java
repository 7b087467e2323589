package io.minerops.core.device.internal.table;

import io.minerops.core.device.internal.normalise.Faults;
import io.minerops.core.device.internal.normalise.MacAddress;
import io.minerops.core.device.internal.normalise.SerialNumber;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a reply that hold an item. A name is the key of the field, after those of the objects around it, as in
 * {@code fans/rpm}; one that begins with a slash starts at the root of the reply and not at its data. A range, as in
 * {@code Fan{1-8}}, stands for a field for each of its numbers. Of several names the first with a value counts; of an item
 * that is a list those of all names count.
 *
 * @param perUnit the number in the field that is 1 in the unit of the item
 * @param summed whether a number is the sum over all objects that have the field
 */
public record Row(Item item, Command command, double perUnit, boolean summed, List<Field> fields) {
    /** In the unit of the item; counters and texts are as they are. */
    public static Row of(Item item, Command command, String... names) {
        return new Row(item, command, 1, false, Field.all(names));
    }

    /** In GH/s. */
    public static Row gigahashes(Item item, Command command, String... names) {
        return new Row(item, command, 1e3, false, Field.all(names));
    }

    /** In MH/s. */
    public static Row megahashes(Item item, Command command, String... names) {
        return new Row(item, command, 1e6, false, Field.all(names));
    }

    /** The sum over all objects that have the field. */
    public static Row sum(Item item, Command command, String name) {
        return new Row(item, command, 1, true, Field.all(name));
    }

    /** The number, in the unit of the item; NaN where there is none. */
    double number(DeviceReplies replies) {
        for (Field field : fields) {
            Fields around = field.around(replies, command);
            double value = summed ? around.sum(field.key) : around.number(field.key);
            if (!Double.isNaN(value)) {
                return value / perUnit;
            }
        }
        return Double.NaN;
    }

    /** All numbers; NaN for a field of a range that has none. */
    DoubleStream numbers(DeviceReplies replies) {
        return fields.stream().flatMapToDouble(field -> field.numbers(field.around(replies, command)));
    }

    /** The first text that counts for the item; null where there is none. */
    @Nullable
    String text(DeviceReplies replies) {
        return fields.stream()
                .map(field -> kept(field.around(replies, command).rawText(field.key)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String kept(@Nullable String sent) {
        return switch (item) {
            case MAC -> MacAddress.parse(sent);
            case SERIAL -> SerialNumber.parse(sent);
            default -> DeviceText.clean(sent);
        };
    }

    /** Adds the faults that the fields report. */
    void addTo(Faults faults, DeviceReplies replies) {
        fields.forEach(field -> faults.addField(field.around(replies, command), field.key));
    }

    /**
     * A field.
     *
     * @param path the keys of the objects around it, the outermost first; the first is empty for the root of the reply
     * @param one whether it is one of a range, of which only the first object counts
     */
    record Field(List<String> path, String key, boolean one) {
        private static final Pattern RANGE = Pattern.compile("\\{(\\d+)-(\\d+)}");

        static List<Field> all(String... names) {
            return Stream.of(names)
                    .flatMap(name -> expanded(name).map(one -> of(one, !one.equals(name))))
                    .toList();
        }

        private static Field of(String name, boolean one) {
            List<String> keys = List.of(name.split("/"));
            int last = keys.size() - 1;
            return new Field(keys.subList(0, last), keys.get(last), one);
        }

        private static Stream<String> expanded(String name) {
            Matcher range = RANGE.matcher(name);
            if (!range.find()) {
                return Stream.of(name);
            }
            String before = name.substring(0, range.start());
            String after = name.substring(range.end());
            return IntStream.rangeClosed(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)))
                    .boxed()
                    .flatMap(number -> expanded(before + number + after));
        }

        private Fields around(DeviceReplies replies, Command command) {
            boolean whole = !path.isEmpty() && path.get(0).isEmpty();
            Fields fields = whole ? replies.whole(command) : replies.section(command);
            for (String step : whole ? path.subList(1, path.size()) : path) {
                fields = fields.child(step);
            }
            return fields;
        }

        private DoubleStream numbers(Fields around) {
            return one ? DoubleStream.of(around.number(key)) : Arrays.stream(around.numbers(key));
        }
    }
}
