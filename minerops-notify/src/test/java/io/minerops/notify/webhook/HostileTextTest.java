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
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.notify.Notification;
import io.minerops.notify.Alerts;
import io.minerops.notify.internal.MailComposer;
import io.minerops.notify.internal.MessageWriter;
import io.minerops.notify.internal.PlainText;
import io.minerops.notify.mail.SmtpSecurity;
import io.minerops.notify.mail.SmtpSettings;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every text that a device or a person wrote, in every kind of message, in every format. */
class HostileTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Destination HERE = Destination.of("here");
    private static final MessageWriter WRITER = new MessageWriter(null, 20);

    private static final List<String> HOSTILE = List.of(
            "@everyone",
            "@here",
            "<!channel>",
            "<!here|here>",
            "<!everyone>",
            "<@U012AB3CD>",
            "<@&81384788765712384>",
            "<#C024BE7LR>",
            "<at>Ops</at>",
            "<https://evil.example/|dashboard>",
            "[dashboard](https://evil.example/)",
            "![image](https://evil.example/x.png)",
            "https://evil.example/login",
            "**bold** _it_ ~~gone~~ ||spoiler|| `code`",
            "# heading",
            "> quote",
            "- list",
            "1. list",
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "</td></table><h1>",
            "\" onmouseover=\"x",
            "a\r\nBcc: evil@example.com\r\n\r\nbody",
            "a\nSubject: other",
            "a\r\n.\r\nQUIT",
            "\u202Egnp.exe\u202C \u2066x\u2069 \u200B\uFEFF",
            "nul\u0000 esc\u001B[31m bell\u0007 c1\u0085 ls\u2028 ps\u2029",
            "half \uD800 surrogate",
            "=?utf-8?q?encoded?=",
            "x".repeat(5_000),
            "@everyone ".repeat(600));

    /** A text of an alert that comes from outside. */
    enum Field {
        MESSAGE,
        RULE_NAME,
        DETAIL,
        NOTE
    }

    static Stream<Arguments> everyTextInEveryField() {
        return HOSTILE.stream()
                .flatMap(text -> Arrays.stream(Field.values())
                        .flatMap(field -> Stream.of(
                                        "firing", "fleet", "reminder", "escalated", "resolved", "group", "ended")
                                .map(kind -> Arguments.of(text, field, kind))));
    }

    @ParameterizedTest
    @MethodSource("everyTextInEveryField")
    void slack_shows_it_as_plain_text_without_mentions_or_links(String text, Field field, String kind)
            throws Exception {
        JsonNode body = body(WebhookFormat.SLACK, notification(text, field, kind));

        assertThat(body.get("mrkdwn").booleanValue()).isFalse();
        assertThat(texts(body)).allSatisfy(shown -> {
            // everything that Slack interprets in a text begins with an angle bracket
            assertThat(shown).doesNotContain("<", ">");
            assertVisible(shown, true);
        });
        for (JsonNode block : body.get("blocks")) {
            assertThat(block.path("text").path("type").asText()).isEqualTo("plain_text");
            assertThat(block.path("text").path("text").asText().length()).isBetween(1, SlackBody.MAX_SECTION);
        }
        assertThat(body.get("text").asText())
                .as("@here and its like are words only where linked")
                .isNotBlank();
        assertThat(body.path("link_names").asBoolean(false)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("everyTextInEveryField")
    void discord_escapes_it_and_mentions_no_user(String text, Field field, String kind) throws Exception {
        JsonNode body = body(WebhookFormat.DISCORD, notification(text, field, kind));

        assertThat(body.get("allowed_mentions").toString()).isEqualTo("{\"parse\":[]}");
        List<String> shown = new ArrayList<>(List.of(body.get("content").asText()));
        for (JsonNode embed : body.get("embeds")) {
            shown.add(embed.get("title").asText());
            shown.add(embed.get("description").asText());
            embed.get("fields").forEach(entry -> {
                shown.add(entry.get("name").asText());
                shown.add(entry.get("value").asText());
            });
        }
        assertThat(shown).allSatisfy(line -> {
            assertThat(line).doesNotContainPattern("(?<!\\\\)[*_~`|<>\\[\\]()#@]");
            assertThat(line).doesNotContain("https://", "http://");
            assertVisible(line, true);
            assertThat(line.length()).isBetween(1, 3_001);
        });
    }

    @ParameterizedTest
    @MethodSource("everyTextInEveryField")
    void teams_shows_it_as_text_runs_which_read_no_markup(String text, Field field, String kind) throws Exception {
        JsonNode body = body(WebhookFormat.TEAMS, notification(text, field, kind));

        JsonNode card = body.get("attachments").get(0).get("content");
        assertThat(card.has("msteams")).as("mentions stand in msteams.entities").isFalse();
        for (JsonNode block : card.get("body")) {
            assertThat(block.get("type").asText()).isEqualTo("RichTextBlock");
            assertThat(block.get("inlines")).hasSize(1);
            assertThat(block.get("inlines").get(0).get("type").asText()).isEqualTo("TextRun");
            assertThat(block.get("inlines").get(0).has("selectAction")).isFalse();
        }
        assertThat(texts(body)).allSatisfy(shown -> assertVisible(shown, false));
        assertThat(WebhookBody.bytes(body).length).isLessThanOrEqualTo(TeamsBody.MAX_BYTES);
    }

    @ParameterizedTest
    @MethodSource("everyTextInEveryField")
    void the_generic_body_holds_visible_text_of_limited_length(String text, Field field, String kind) throws Exception {
        JsonNode body = body(WebhookFormat.GENERIC, notification(text, field, kind));

        assertThat(texts(body)).allSatisfy(shown -> {
            assertVisible(shown, false);
            assertThat(shown.length()).isLessThanOrEqualTo(PlainText.MAX_CHARACTERS + 1);
        });
        assertThat(WebhookBody.bytes(body).length).isLessThanOrEqualTo(GenericBody.MAX_BYTES);
    }

    @ParameterizedTest
    @MethodSource("everyTextInEveryField")
    void a_mail_has_no_other_header_and_no_markup_of_it(String text, Field field, String kind) throws Exception {
        Notification notification = notification(text, field, kind);
        MimeMessage mail = MailComposer.compose(
                Session.getInstance(new Properties()),
                settings().from(),
                settings().to(),
                notification,
                WRITER.write(notification),
                Alerts.RAISED);
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        mail.writeTo(raw);

        String head = raw.toString(StandardCharsets.UTF_8).split("\r\n\r\n", 2)[0];
        assertThat(head.lines()
                        .filter(line -> !line.startsWith(" ") && !line.startsWith("\t"))
                        .map(line -> line.split(":", -1)[0]))
                .containsExactlyInAnyOrder(
                        "Date",
                        "From",
                        "To",
                        "Message-ID",
                        "Subject",
                        "MIME-Version",
                        "Content-Type",
                        "Auto-Submitted",
                        "X-Auto-Response-Suppress");
        assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("ops@example.com");
        assertThat(mail.getSubject()).startsWith("[MinerOps] ");
        assertThat(mail.getSubject().length()).isLessThanOrEqualTo(121);
        assertVisible(mail.getSubject(), false);
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        String html = parts.getBodyPart(1).getContent().toString();
        assertThat(html.replaceAll("</?(html|body|h2|p|ul|li|table|tr|th|td)( (lang|style|align)=\"[^\"<>]*\")?>", "")
                        .replace("<!DOCTYPE html>", ""))
                .doesNotContain("<", ">", "\"", "'");
        assertThat(parts.getBodyPart(0).getContent().toString().lines()).allSatisfy(line -> assertVisible(line, false));
    }

    /** No control, bidirectional or other invisible character, and no half one. */
    private static void assertVisible(String text, boolean lineEnds) {
        assertThat(text.codePoints()
                        .filter(character -> character != 0x200D && !(lineEnds && character == '\n'))
                        .filter(character -> switch (Character.getType(character)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.SURROGATE,
                                    Character.LINE_SEPARATOR,
                                    Character.PARAGRAPH_SEPARATOR -> true;
                            default -> false;
                        })
                        .mapToObj(Character::getName))
                .isEmpty();
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(child -> texts.addAll(texts(child)));
        return texts;
    }

    private static JsonNode body(WebhookFormat format, Notification notification) throws Exception {
        return JSON.readTree(WebhookBody.bytes(WebhookBody.in(format).of(notification, WRITER.write(notification))));
    }

    private static Notification notification(String text, Field field, String kind) {
        Alert open = alert(text, field, kind.equals("fleet") ? null : MinerAddress.of("10.0.0.7"));
        Alert over = Alerts.ended(open, field == Field.NOTE ? text : "cool");
        return switch (kind) {
            case "firing", "fleet" -> Alerts.firing(HERE, open);
            case "reminder" ->
                new Notification.OfAlerts("key", HERE, Alerts.ENDED, OutboxEntry.Kind.REMINDER, List.of(open));
            case "escalated" ->
                new Notification.OfAlerts("key", HERE, Alerts.ENDED, OutboxEntry.Kind.ESCALATED, List.of(open));
            case "resolved" ->
                new Notification.OfAlerts("key", HERE, Alerts.ENDED, OutboxEntry.Kind.RESOLVED, List.of(over));
            case "group" -> Alerts.raisedTogether(HERE, Collections.nCopies(30, open));
            case "ended" -> Alerts.grouped(HERE, OutboxEntry.Kind.RESOLVED, Collections.nCopies(30, over));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Alert alert(String text, Field field, @Nullable MinerAddress miner) {
        Alert plain = Alerts.hot();
        return new Alert(
                plain.id(),
                plain.createdAt(),
                plain.updatedAt(),
                plain.ruleId(),
                field == Field.RULE_NAME ? text : plain.ruleName(),
                miner,
                RuleType.TEMP,
                Severity.CRITICAL,
                plain.status(),
                false,
                field == Field.MESSAGE ? text : plain.message(),
                field == Field.DETAIL ? Map.of(text, 1.0) : plain.details(),
                null,
                null,
                null,
                null,
                null,
                plain.notificationStatus());
    }

    private static SmtpSettings settings() throws Exception {
        return new SmtpSettings(
                "localhost",
                25,
                SmtpSecurity.NONE,
                null,
                null,
                new InternetAddress("miner@example.org"),
                List.of(new InternetAddress("ops@example.com")),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                null);
    }
}
