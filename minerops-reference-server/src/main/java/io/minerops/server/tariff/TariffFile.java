package io.minerops.server.tariff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.profit.PowerPrices;
import io.minerops.server.tariff.Tariffs.Assignment;
import io.minerops.tariff.PlanForm;
import io.minerops.tariff.RatePlan;
import io.minerops.tariff.UrdbRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON file of tariffs and the files that it names: {@code {"tariffs": […], "assign": […], "default": "…"}}, one
 * tariff in its short form, or one rate of the US Utility Rate Database.
 */
public final class TariffFile {
    private static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final String PRICES_FILE = "prices_file";
    private static final String URDB_FILE = "urdb_file";
    private static final Set<String> TARGETS = Set.of("miner", "tag", "location", "site");

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(new TypeReference<Map<String, Object>>() {});

    private final Path file;
    private final int defaultPort;
    private final @Nullable String zone;

    /** Every file that was read, so that a change of one is seen. */
    private final List<Path> read = new ArrayList<>();

    private TariffFile(Path file, int defaultPort, @Nullable String zone) {
        this.file = file;
        this.defaultPort = defaultPort;
        this.zone = zone;
    }

    /**
     * What a file holds.
     *
     * @param tariffs the tariffs
     * @param files the file and those that it names
     */
    public record Content(Tariffs tariffs, List<Path> files) {}

    /**
     * Reads a file.
     *
     * @param file the file; those that it names are relative to its folder
     * @param defaultPort the port of a miner that is named without one
     * @param zone the zone of a rate of the database that stands alone in the file; null where it must not
     * @throws InvalidArgumentException that names the file, the field, its value and what is accepted
     */
    public static Content read(Path file, int defaultPort, @Nullable String zone) {
        TariffFile reading = new TariffFile(file, defaultPort, zone);
        try {
            return new Content(reading.tariffs(), List.copyOf(reading.read));
        } catch (InvalidArgumentException e) {
            throw new InvalidArgumentException("tariff", file + ": " + e.getMessage());
        }
    }

    private Tariffs tariffs() {
        Map<String, Object> root = json(file);
        if (!(root.get("tariffs") instanceof List<?> list)) {
            return new Tariffs(List.of(single(root)), List.of(), 0);
        }
        requireKnown("", root, Set.of("tariffs", "assign", "default"));
        List<RatePlan> plans = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            plans.add(plan("tariffs[" + i + "]", object("tariffs[" + i + "]", list.get(i))));
        }
        List<String> names = plans.stream().map(RatePlan::name).toList();
        if (names.size() != Set.copyOf(names).size() || names.isEmpty()) {
            throw bad("tariffs", "one or more, each with a name of its own", names);
        }
        Object standard = root.get("default");
        int fallback = standard == null ? PowerPrices.DEFAULT : index("default", names, standard);
        return new Tariffs(plans, assignments(root.get("assign"), names), fallback);
    }

    private RatePlan single(Map<String, Object> root) {
        if (root.containsKey("items") || root.containsKey("energyratestructure")) {
            if (zone == null) {
                throw new InvalidArgumentException(
                        "zone",
                        "zone must be given for a rate of the database: use {\"name\": …, \"zone\": …, \"urdb_file\":"
                                + " …}");
            }
            return UrdbRate.read(root, RatePlan.zone(zone), Set.of()).plan();
        }
        return plan("", root);
    }

    private RatePlan plan(String path, Map<String, Object> given) {
        Map<String, Object> plan = new LinkedHashMap<>(given);
        Object prices = plan.remove(PRICES_FILE);
        if (prices != null) {
            plan.put("prices_csv", text(named(prices)).lines().toList());
        }
        Object urdb = plan.remove(URDB_FILE);
        if (urdb != null) {
            plan.put("urdb", json(named(urdb)));
        }
        RatePlan read = PlanForm.read(path, plan);
        if (!read.currency().getCurrencyCode().equals("USD")) {
            throw bad(path.isEmpty() ? "currency" : path + ".currency", "USD", read.currency());
        }
        return read;
    }

    private Path named(Object name) {
        return file.resolveSibling(String.valueOf(name));
    }

    private List<Assignment> assignments(@Nullable Object given, List<String> names) {
        List<Assignment> assignments = new ArrayList<>();
        if (given == null) {
            return assignments;
        }
        if (!(given instanceof List<?> list)) {
            throw bad("assign", "a list", given);
        }
        for (int i = 0; i < list.size(); i++) {
            String path = "assign[" + i + "]";
            Map<String, Object> entry = object(path, list.get(i));
            requireKnown(path + ".", entry, Set.of("miner", "tag", "location", "site", "tariff"));
            List<String> targets =
                    TARGETS.stream().filter(entry::containsKey).sorted().toList();
            if (targets.size() != 1) {
                throw bad(path, "an object with one of miner, tag, location, site, and a tariff", targets);
            }
            String target = targets.get(0);
            String value = String.valueOf(entry.get(target));
            int tariff = index(path + ".tariff", names, entry.get("tariff"));
            assignments.add(new Assignment(target + " " + value, has(target, value), tariff));
        }
        return assignments;
    }

    private Predicate<Miner> has(String target, String value) {
        if (target.equals("miner")) {
            MinerAddress address = MinerAddress.parse(value, defaultPort);
            return miner -> miner.address().equals(address);
        }
        return switch (target) {
            case "tag" -> miner -> miner.tags().contains(value);
            case "site" -> miner -> value.equals(miner.site());
            default -> miner -> value.equals(miner.location());
        };
    }

    private static int index(String path, List<String> names, @Nullable Object name) {
        int index = name instanceof String text ? names.indexOf(text) : -1;
        if (index < 0) {
            throw bad(path, "one of " + String.join(", ", names), name);
        }
        return index;
    }

    private Map<String, Object> json(Path path) {
        try {
            return JSON.readValue(text(path));
        } catch (JsonProcessingException e) {
            String at =
                    e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
            throw new InvalidArgumentException(
                    "tariff", path + " must be a JSON object" + at + ", and is not: " + e.getOriginalMessage());
        }
    }

    private String text(Path path) {
        read.add(path);
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new InvalidArgumentException("tariff", path + " must have at most " + MAX_BYTES + " bytes");
            }
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new InvalidArgumentException("tariff", path + " does not exist");
        } catch (IOException e) {
            throw new InvalidArgumentException(
                    "tariff",
                    path + " cannot be read as UTF-8 text (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Map<String, Object> object(String path, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw bad(path, "an object", value);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((name, field) -> object.put(String.valueOf(name), field));
        return object;
    }

    private static void requireKnown(String path, Map<String, Object> object, Set<String> known) {
        for (String field : object.keySet()) {
            if (!known.contains(field)) {
                throw new InvalidArgumentException(
                        path + field,
                        path + field + " is not a field; accepted: "
                                + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    private static InvalidArgumentException bad(String path, String accepted, @Nullable Object value) {
        String shown = value == null ? "absent" : Check.quote(String.valueOf(value));
        return new InvalidArgumentException(path, path + " must be " + accepted + ", not " + shown);
    }
}
