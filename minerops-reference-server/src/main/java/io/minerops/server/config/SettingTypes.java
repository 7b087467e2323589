package io.minerops.server.config;

import io.minerops.api.Secret;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.internal.IpNetwork;
import io.minerops.api.profit.Tariff;
import io.minerops.core.profit.PayoutScheme;
import io.minerops.server.access.BearerToken;
import io.minerops.server.config.ServerConfig.NamedWebhook;
import io.minerops.server.config.Setting.Kind;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of values that settings have. Readers throw {@link IllegalArgumentException} for what they do not accept. */
final class SettingTypes {
    /** Maximum interval or timeout, s: a week. */
    private static final double MAX_SECONDS = 7 * 24 * 3600;

    private static final Pattern NAMED_WEBHOOK = Pattern.compile("([A-Za-z0-9_-]{1,32})\\s*=\\s*([a-z]+):(.+)");
    private static final Pattern HOST_NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\\.?");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final Pattern MAIL_ADDRESS = Pattern.compile("[^\\s@<>,;\"]+@[^\\s@<>,;\"]+");
    private static final Pattern HEADER_TOKEN = Pattern.compile("[\\x21-\\x7e]{1,512}");

    private SettingTypes() {}

    static Kind<String> text(String accepted) {
        return new Kind<>(accepted, text -> text);
    }

    static Kind<Integer> wholeNumber(int min, int max) {
        return new Kind<>("a whole number from " + min + " to " + max, text -> {
            int value = Integer.parseInt(text);
            require(value >= min && value <= max);
            return value;
        });
    }

    static Kind<Double> number(String accepted, Predicate<Double> range) {
        return new Kind<>(accepted, text -> {
            double value = decimal(text);
            require(range.test(value));
            return value;
        });
    }

    static Kind<PayoutScheme> payoutScheme() {
        List<PayoutScheme> all = List.of(PayoutScheme.values());
        String accepted = String.join(", ", all.stream().map(PayoutScheme::key).toList());
        return new Kind<>(
                "one of " + accepted,
                text -> all.stream()
                        .filter(scheme -> scheme.key().equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no such scheme")));
    }

    /** A share in %; empty where it is to be measured. */
    static Kind<Optional<Double>> shareOrMeasured() {
        return new Kind<>(
                "%, 0 to 100, or measured",
                text -> {
                    if (text.equalsIgnoreCase("measured")) {
                        return Optional.empty();
                    }
                    double value = decimal(text);
                    require(value >= 0 && value <= 100);
                    return Optional.of(value);
                });
    }

    static Kind<Tariff> tariff() {
        return new Kind<>("USD per kWh, at most 1000", text -> new Tariff(decimal(text)));
    }

    static Kind<Duration> seconds() {
        return new Kind<>("seconds, above 0 and at most 604800, fractions allowed", text -> {
            double seconds = decimal(text);
            require(seconds >= 0.001 && seconds <= MAX_SECONDS);
            return Duration.ofMillis(Math.round(seconds * 1_000));
        });
    }

    static Kind<Duration> minutes() {
        return new Kind<>("minutes, 0 to 527040, fractions allowed", text -> {
            double minutes = decimal(text);
            require(minutes >= 0 && minutes <= 366 * 24 * 60);
            return Duration.ofMillis(Math.round(minutes * 60_000));
        });
    }

    static Kind<Duration> sessionMinutes() {
        return new Kind<>("minutes, 1 to 43200", text -> {
            double minutes = decimal(text);
            require(minutes >= 1 && minutes <= 30 * 24 * 60);
            return Duration.ofMillis(Math.round(minutes * 60_000));
        });
    }

    static Kind<Duration> days() {
        return new Kind<>("days, above 0 and at most 36500, fractions allowed", text -> {
            double days = decimal(text);
            require(days > 0 && days <= 36_500);
            return Duration.ofMillis(Math.max(1, Math.round(days * 24 * 3_600_000)));
        });
    }

    static Kind<Duration> hours() {
        return new Kind<>("hours, 0.01 to 8784, fractions allowed", text -> {
            double hours = decimal(text);
            require(hours >= 0.01 && hours <= 366 * 24);
            return Duration.ofMillis(Math.round(hours * 3_600_000));
        });
    }

    static Kind<Boolean> flag() {
        return new Kind<>("true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off" -> false;
            default -> throw new IllegalArgumentException("neither");
        });
    }

    static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        E[] all = type.getEnumConstants();
        String accepted = String.join(
                ", ",
                Arrays.stream(all)
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .toList());
        return new Kind<>("one of " + accepted, text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }

    static Kind<URI> baseUrl() {
        return new Kind<>("an absolute http or https address", text -> {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            require("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
            require(uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null);
            return uri;
        });
    }

    static Kind<ZoneId> zone() {
        return new Kind<>("a time zone such as Europe/Berlin or UTC", text -> {
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("no such zone", e);
            }
        });
    }

    /** The whole address of one resource; a query is allowed, a user and password are settings of their own. */
    static Kind<URI> httpUrl() {
        return new Kind<>("an absolute http or https address without a user", text -> {
            URI uri = URI.create(text);
            require("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
            require(uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null);
            return uri;
        });
    }

    /** An origin as a browser names it: scheme, host and, where it is not the scheme's own, port. */
    static Kind<String> origin() {
        Kind<URI> url = baseUrl();
        return new Kind<>("origins such as https://ops.example.com, comma-separated", text -> {
            URI uri = url.reader().apply(text);
            require(uri.getRawPath().isEmpty());
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        });
    }

    static Kind<String> hostName() {
        return new Kind<>("host names without scheme and port such as miners.example.com, comma-separated", text -> {
            require(HOST_NAME.matcher(text).matches());
            return text.toLowerCase(Locale.ROOT);
        });
    }

    static Kind<IpNetwork> network() {
        return new Kind<>(
                "CIDRs and addresses such as 10.0.0.0/8, comma-separated", text -> IpNetwork.parse("network", text));
    }

    static Kind<String> mailAddress() {
        return new Kind<>("mail addresses such as ops@example.com, comma-separated", text -> {
            require(MAIL_ADDRESS.matcher(text).matches());
            return text;
        });
    }

    /** A token that clients of this server send. */
    static Kind<Secret> bearerToken() {
        return new Kind<>(BearerToken.ACCEPTED, text -> {
            require(BearerToken.fault(text) == null);
            return Secret.of(text);
        });
    }

    /** A key for another service, which alone defines its format. */
    static Kind<Secret> serviceKey() {
        return new Kind<>("1 to 512 visible ASCII characters without blanks", text -> {
            require(HEADER_TOKEN.matcher(text).matches());
            return Secret.of(text);
        });
    }

    /** A channel that posts to a webhook of its own. */
    static Kind<NamedWebhook> namedWebhook() {
        Kind<WebhookFormat> formats = choice(WebhookFormat.class);
        return new Kind<>(
                "NAME=FORMAT:ADDRESS such as noc-slack=slack:https://hooks.slack.com/services/…, comma-separated; NAME: 1 to 32"
                        + " letters, digits, - or _; FORMAT: " + formats.accepted(),
                text -> {
                    Matcher parts = NAMED_WEBHOOK.matcher(text);
                    require(parts.matches());
                    String name = parts.group(1);
                    require(!name.equals(Destination.EMAIL) && !name.equals(Destination.WEBHOOK));
                    WebhookFormat format = formats.reader().apply(parts.group(2));
                    return new NamedWebhook(name, Webhook.of(parts.group(3), format));
                });
    }

    static Kind<Secret> secret() {
        return new Kind<>("any text", Secret::of);
    }

    static <T> Kind<List<T>> list(Kind<T> item) {
        Function<String, T> reader = item.reader();
        return new Kind<>(
                item.accepted(),
                text -> Arrays.stream(text.split(",", -1))
                        .map(String::trim)
                        .filter(part -> !part.isEmpty())
                        .map(reader)
                        .distinct()
                        .toList());
    }

    private static double decimal(String text) {
        require(DECIMAL.matcher(text).matches());
        return Double.parseDouble(text);
    }

    private static void require(boolean accepted) {
        if (!accepted) {
            throw new IllegalArgumentException("not accepted");
        }
    }
}
