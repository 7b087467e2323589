package io.minerops.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.notify.Notification;
import io.minerops.notify.Alerts;
import io.minerops.notify.internal.MessageWriter;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the alerts say and however many there are, each body is valid JSON within its service's limits. */
class WebhookLimitsPropertiesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Destination HERE = Destination.of("here");
    private static final MessageWriter WRITER = new MessageWriter(URI.create("https://ops.example.com/"), 40);
    private static final Pattern SLACK_RAW = Pattern.compile("[<>]|&(?!(amp|lt|gt);)");
    private static final Pattern DISCORD_RAW = Pattern.compile("(?<!\\\\)(\\\\\\\\)*[@<*_~`|\\[]");

    @Property(tries = 300)
    void slack_stays_within_its_limits_and_mentions_no_user(@ForAll("notifications") Notification notification)
            throws IOException {
        JsonNode body = body(WebhookFormat.SLACK, notification, SlackBody.MAX_SECTION * 16);
        JsonNode blocks = body.get("blocks");
        assertThat(blocks.size()).isBetween(1, SlackBody.MAX_BLOCKS);
        for (JsonNode block : blocks) {
            JsonNode text = block.get("text");
            boolean header = block.get("type").textValue().equals("header");
            assertThat(text.get("text").textValue())
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(header ? SlackBody.MAX_HEADER : SlackBody.MAX_SECTION);
            if (text.get("type").textValue().equals("mrkdwn")) {
                assertThat(text.get("text").textValue()).isEqualTo("<https://ops.example.com/|Open the dashboard>");
            } else {
                assertThat(SLACK_RAW.matcher(text.get("text").textValue()).find())
                        .isFalse();
            }
        }
        assertThat(SLACK_RAW.matcher(body.get("text").textValue()).find()).isFalse();
    }

    @Property(tries = 300)
    void discord_stays_within_its_limits_and_mentions_no_user(@ForAll("notifications") Notification notification)
            throws IOException {
        JsonNode body = body(WebhookFormat.DISCORD, notification, 64 * 1024);
        assertThat(body.get("content").textValue()).isNotBlank().hasSizeLessThanOrEqualTo(DiscordBody.MAX_CONTENT);
        assertThat(body.get("allowed_mentions").toString()).isEqualTo("{\"parse\":[]}");
        JsonNode embed = body.get("embeds").get(0);
        assertThat(embed.get("title").textValue().length()).isBetween(1, 256);
        assertThat(embed.get("description").textValue().length()).isBetween(1, 4_096);
        int total = embed.get("title").textValue().length()
                + embed.get("description").textValue().length();
        assertThat(embed.get("fields").size()).isLessThanOrEqualTo(25);
        for (JsonNode field : embed.get("fields")) {
            assertThat(field.get("name").textValue().length()).isBetween(1, 256);
            assertThat(field.get("value").textValue().length()).isBetween(1, 1_024);
            assertThat(DISCORD_RAW.matcher(field.get("value").textValue()).find())
                    .isFalse();
            total += field.get("name").textValue().length()
                    + field.get("value").textValue().length();
        }
        assertThat(total).isLessThanOrEqualTo(DiscordBody.MAX_EMBED);
        assertThat(DISCORD_RAW.matcher(embed.get("description").textValue()).find())
                .isFalse();
    }

    @Property(tries = 300)
    void teams_stays_within_its_limit_and_uses_text_runs_only(@ForAll("notifications") Notification notification)
            throws IOException {
        JsonNode body = body(WebhookFormat.TEAMS, notification, TeamsBody.MAX_BYTES);
        for (JsonNode block : body.get("attachments").get(0).get("content").get("body")) {
            assertThat(block.get("type").textValue()).isEqualTo("RichTextBlock");
            assertThat(block.get("inlines").get(0).get("text").textValue()).isNotBlank();
        }
    }

    @Property(tries = 300)
    void generic_stays_within_its_limit_and_counts_what_it_leaves_out(
            @ForAll("notifications") Notification notification) throws IOException {
        JsonNode body = body(WebhookFormat.GENERIC, notification, GenericBody.MAX_BYTES);
        assertThat(body.get("alerts").size() + body.get("omitted").intValue())
                .isEqualTo(body.get("count").intValue());
    }

    @Provide
    Arbitrary<Notification> notifications() {
        Arbitrary<String> text = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(600),
                Arbitraries.of(
                                "<@&1>",
                                "@everyone ",
                                "<!channel>",
                                "*b*_i_`c`",
                                "\\",
                                "\uD83D\uDD25",
                                "&amp;",
                                "\"",
                                "漢")
                        .list()
                        .ofMaxSize(300)
                        .map(parts -> String.join("", parts)));
        Arbitrary<OutboxEntry.Kind> kinds = Arbitraries.of(OutboxEntry.Kind.class);
        Arbitrary<Integer> counts =
                Arbitraries.oneOf(Arbitraries.just(1), Arbitraries.integers().between(2, 500));
        return Combinators.combine(text, text, kinds, counts).as(WebhookLimitsPropertiesTest::notification);
    }

    private static Notification notification(String rule, String message, OutboxEntry.Kind kind, int count) {
        List<Alert> alerts = IntStream.range(0, count)
                .mapToObj(i -> Alerts.alert(
                        i,
                        "miner-" + i + ".lan",
                        i % 2 == 0 ? Severity.CRITICAL : Severity.INFO,
                        RuleType.FAN,
                        rule,
                        message))
                .map(alert -> kind == OutboxEntry.Kind.RESOLVED ? Alerts.ended(alert, message) : alert)
                .toList();
        if (count > 1) {
            return Alerts.grouped(HERE, kind, alerts);
        }
        return kind == OutboxEntry.Kind.RESOLVED
                ? new Notification.OfAlerts("k", HERE, Alerts.ENDED, kind, alerts)
                : Alerts.firing(HERE, alerts.get(0));
    }

    private static JsonNode body(WebhookFormat format, Notification notification, int maxBytes) throws IOException {
        byte[] bytes = WebhookBody.bytes(WebhookBody.in(format).of(notification, WRITER.write(notification)));
        assertThat(bytes.length).isLessThanOrEqualTo(maxBytes);
        return JSON.readTree(bytes);
    }
}
