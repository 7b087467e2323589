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
import io.minerops.notify.internal.PlainText;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebhookBodyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Destination HERE = Destination.of("here");
    private static final URI LINK = URI.create("https://ops.example.com/dashboard/alerts?a=1&b=2");
    private static final MessageWriter WRITER = new MessageWriter(LINK, 2);

    @Nested
    class Generic {
        @Test
        void a_beginning_has_all_fields_of_the_schema() throws IOException {
            String expected = """
                    {"version":1,"id":"minerops-firing-7","event":"firing","at":"2026-11-20T08:00:00Z",
                     "title":"Critical: 10.0.0.7 temperature","text":"Mean temperature 91.2 °C is above 80 °C",
                     "dashboard_url":"https://ops.example.com/dashboard/alerts?a=1&b=2",
                     "count":1,"counts_by_type":{"temp":1},
                     "alerts":[{"id":7,"rule_id":3,"rule_name":"High temperature","miner":"10.0.0.7",
                       "alert_type":"temp","severity":"critical","status":"active",
                       "message":"Mean temperature 91.2 °C is above 80 °C",
                       "details":{"avg_temp_c":91.2,"temp_c":80.0},"created_at":"2026-11-20T08:00:00Z",
                       "acknowledged_at":null,"acknowledged_by":null,"resolved_at":null,"resolution_note":null}],
                     "omitted":0}""";
            assertThat(body(WebhookFormat.GENERIC, Alerts.firing(HERE))).isEqualTo(JSON.readTree(expected));
        }

        @Test
        void an_alert_has_what_it_has_cost_where_that_is_known() throws IOException {
            JsonNode body =
                    body(WebhookFormat.GENERIC, Alerts.firing(HERE, Alerts.hot().costing(Alerts.cost(12.345))));
            assertThat(body.at("/alerts/0/cost_usd").doubleValue()).isEqualTo(12.345);
        }

        @Test
        void an_end_has_its_time_and_note() throws IOException {
            JsonNode body = body(WebhookFormat.GENERIC, Alerts.resolved(HERE));
            assertThat(body.get("event").textValue()).isEqualTo("resolved");
            JsonNode alert = body.get("alerts").get(0);
            assertThat(alert.get("status").textValue()).isEqualTo("auto_resolved");
            assertThat(alert.get("resolved_at").textValue()).isEqualTo("2026-11-20T08:42:30Z");
            assertThat(alert.get("resolution_note").textValue()).isEqualTo(Alerts.NOTE);
        }

        @Test
        void a_reminder_is_called_so() throws IOException {
            assertThat(body(WebhookFormat.GENERIC, Alerts.reminder(HERE))
                            .get("event")
                            .textValue())
                    .isEqualTo("reminder");
        }

        @Test
        void a_test_has_no_alerts() throws IOException {
            JsonNode body = body(WebhookFormat.GENERIC, Alerts.test(HERE));
            assertThat(body.get("event").textValue()).isEqualTo("test");
            assertThat(body.get("count").intValue()).isZero();
            assertThat(body.get("alerts")).isEmpty();
        }

        @Test
        void a_small_group_lists_every_alert() throws IOException {
            JsonNode body = body(WebhookFormat.GENERIC, Alerts.raisedTogether(HERE, Alerts.many(9, "No answer")));
            assertThat(body.get("event").textValue()).isEqualTo("firing");
            assertThat(body.get("counts_by_type").toString()).isEqualTo("{\"offline\":3,\"temp\":6}");
            assertThat(body.get("alerts")).hasSize(9);
        }

        @Test
        void a_large_group_says_how_many_alerts_do_not_fit() throws IOException {
            JsonNode body = body(WebhookFormat.GENERIC, Alerts.raisedTogether(HERE, Alerts.many(500, "x".repeat(300))));
            int listed = body.get("alerts").size();
            assertThat(listed).isBetween(50, 499);
            assertThat(body.get("count").intValue()).isEqualTo(500);
            assertThat(body.get("omitted").intValue()).isEqualTo(500 - listed);
        }

        @Test
        void a_number_that_json_lacks_is_null() throws IOException {
            Alert hot = Alerts.hot();
            Alert odd = new Alert(
                    1,
                    hot.createdAt(),
                    hot.updatedAt(),
                    1,
                    "r",
                    hot.miner(),
                    hot.type(),
                    hot.severity(),
                    hot.status(),
                    false,
                    "m",
                    Map.of("a", Double.NaN, "b", Double.POSITIVE_INFINITY, "c", 1.5),
                    null,
                    null,
                    null,
                    null,
                    null,
                    hot.notificationStatus());
            assertThat(body(WebhookFormat.GENERIC, Alerts.firing(HERE, odd))
                            .get("alerts")
                            .get(0)
                            .get("details")
                            .toString())
                    .isEqualTo("{\"a\":null,\"b\":null,\"c\":1.5}");
        }
    }

    @Nested
    class Slack {
        @Test
        void a_beginning_is_a_header_a_sentence_facts_and_a_link() throws IOException {
            String expected = """
                    {"text":"Critical: 10.0.0.7 temperature","mrkdwn":false,"blocks":[
                      {"type":"header","text":{"type":"plain_text","text":"Critical: 10.0.0.7 temperature","emoji":false}},
                      {"type":"section","text":{"type":"plain_text",
                        "text":"Mean temperature 91.2 °C is above 80 °C","emoji":false}},
                      {"type":"section","text":{"type":"plain_text","text":"Miner: 10.0.0.7\\nRule: High temperature\
                    \\nSeverity: critical\\nValues: avg temp 91.2 °C, temp 80 °C\\nSince: 2026-11-20 08:00 UTC",
                        "emoji":false}},
                      {"type":"section","text":{"type":"mrkdwn",
                        "text":"<https://ops.example.com/dashboard/alerts?a=1&amp;b=2|Open the dashboard>"}}]}""";
            assertThat(body(WebhookFormat.SLACK, Alerts.firing(HERE))).isEqualTo(JSON.readTree(expected));
        }

        @Test
        void a_group_lists_the_first_miners() throws IOException {
            JsonNode body = body(WebhookFormat.SLACK, Alerts.raisedTogether(HERE, Alerts.many(9, "No answer")));
            assertThat(body.get("blocks").get(2).get("text").get("text").textValue())
                    .startsWith("10.1.0.0 critical, offline: No answer")
                    .endsWith("\nand 7 more");
        }

        @Test
        void mentions_in_device_text_are_escaped() throws IOException {
            JsonNode body = body(WebhookFormat.SLACK, Alerts.firing(HERE, hostile("<!channel> & <http://x|y>")));
            assertThat(body.get("blocks").get(1).get("text").get("text").textValue())
                    .isEqualTo("&lt;!channel&gt; &amp; &lt;http://x|y&gt;");
        }
    }

    @Nested
    class Discord {
        @Test
        void a_beginning_is_an_embed_with_fields() throws IOException {
            String expected = """
                    {"content":"Critical\\\\: 10.0.0.7 temperature","embeds":[{
                      "title":"Critical\\\\: 10.0.0.7 temperature",
                      "description":"Mean temperature 91.2 °C is above 80 °C","color":12986408,
                      "timestamp":"2026-11-20T08:00:00Z",
                      "url":"https://ops.example.com/dashboard/alerts?a=1&b=2",
                      "fields":[
                        {"name":"Miner","value":"10.0.0.7","inline":true},
                        {"name":"Rule","value":"High temperature","inline":true},
                        {"name":"Severity","value":"critical","inline":true},
                        {"name":"Values","value":"avg temp 91.2 °C, temp 80 °C","inline":true},
                        {"name":"Since","value":"2026\\\\-11\\\\-20 08\\\\:00 UTC","inline":true}]}],
                     "allowed_mentions":{"parse":[]}}""";
            assertThat(body(WebhookFormat.DISCORD, Alerts.firing(HERE))).isEqualTo(JSON.readTree(expected));
        }

        @Test
        void a_group_lists_the_first_miners() throws IOException {
            JsonNode body = body(
                    WebhookFormat.DISCORD,
                    Alerts.grouped(HERE, OutboxEntry.Kind.REMINDER, Alerts.many(9, "No answer")));
            assertThat(body.get("embeds").get(0).get("description").textValue())
                    .startsWith("By severity\\: 3 critical, 6 warning.\n10.1.0.0 critical, offline")
                    .endsWith("\nand 7 more");
        }
    }

    @Nested
    class Teams {
        @Test
        void a_beginning_is_an_adaptive_card_of_text_runs() throws IOException {
            JsonNode body = body(WebhookFormat.TEAMS, Alerts.firing(HERE));
            assertThat(body.get("type").textValue()).isEqualTo("message");
            JsonNode attachment = body.get("attachments").get(0);
            assertThat(attachment.get("contentType").textValue()).isEqualTo("application/vnd.microsoft.card.adaptive");
            JsonNode card = attachment.get("content");
            assertThat(card.get("type").textValue()).isEqualTo("AdaptiveCard");
            assertThat(card.get("version").textValue()).isEqualTo("1.4");
            assertThat(card.get("body").get(0).toString())
                    .isEqualTo("{\"type\":\"RichTextBlock\",\"inlines\":[{\"type\":\"TextRun\",\"text\":"
                            + "\"Critical: 10.0.0.7 temperature\",\"weight\":\"bolder\",\"size\":\"medium\","
                            + "\"color\":\"attention\"}]}");
            assertThat(card.get("body").findValuesAsText("text"))
                    .containsExactly(
                            "Critical: 10.0.0.7 temperature",
                            Alerts.MESSAGE,
                            "Miner: 10.0.0.7",
                            "Rule: High temperature",
                            "Severity: critical",
                            "Values: avg temp 91.2 °C, temp 80 °C",
                            "Since: 2026-11-20 08:00 UTC");
            assertThat(card.get("actions").get(0).toString())
                    .isEqualTo(
                            "{\"type\":\"Action.OpenUrl\",\"title\":\"Open the dashboard\",\"url\":\"" + LINK + "\"}");
        }

        @Test
        void a_group_lists_the_first_miners() throws IOException {
            JsonNode body = body(WebhookFormat.TEAMS, Alerts.raisedTogether(HERE, Alerts.many(9, "No answer")));
            assertThat(body.findValuesAsText("text"))
                    .contains("10.1.0.1 warning, temperature: No answer (since 2026-11-20 08:00 UTC)", "and 7 more");
        }
    }

    @ParameterizedTest
    @EnumSource(WebhookFormat.class)
    void every_format_renders_every_notification(WebhookFormat format) throws IOException {
        List<Notification> notifications = List.of(
                Alerts.firing(HERE),
                Alerts.reminder(HERE),
                Alerts.resolved(HERE),
                Alerts.grouped(HERE, OutboxEntry.Kind.RESOLVED, List.of(Alerts.cooled(), Alerts.cooled())),
                Alerts.test(HERE));
        for (Notification notification : notifications) {
            assertThat(body(format, notification).toString())
                    .contains(
                            format == WebhookFormat.DISCORD
                                    ? PlainText.escaped(
                                                    WRITER.write(notification).title(), 200, PlainText.Escape.DISCORD)
                                            .replace("\\", "\\\\")
                                    : WRITER.write(notification).title());
        }
    }

    private static Alert hostile(String message) {
        return Alerts.alert(1, "10.0.0.1", Severity.WARNING, RuleType.FAN, "rule", message);
    }

    private static JsonNode body(WebhookFormat format, Notification notification) throws IOException {
        return JSON.readTree(WebhookBody.bytes(WebhookBody.in(format).of(notification, WRITER.write(notification))));
    }
}
