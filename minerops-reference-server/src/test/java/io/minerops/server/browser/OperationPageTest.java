package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.event.Event;
import io.minerops.server.support.RunningServer;
import io.minerops.server.support.WebhookTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OperationPageTest {
    private static final WebhookTarget TARGET = WebhookTarget.start();

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2).with("WEBHOOK_CHANNELS", "noc-slack=slack:" + TARGET.url());

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> SERVER.server().uri());

    @BeforeAll
    static void events() {
        SERVER.server().ops().pollNow();
        var events = SERVER.server().ops().store().events();
        var miner = SERVER.fleet().addresses().get(0);
        Instant now = Instant.now();
        events.record(Event.of(now.minus(Duration.ofDays(3)), Event.Level.INFO, "test", null, "long ago"));
        events.record(Event.of(now, Event.Level.WARNING, "test", miner, "it <b>restarts</b> too often"));
        for (int i = 0; i < 60; i++) {
            events.record(Event.of(now.minusSeconds(i), Event.Level.ERROR, "test", null, "failure " + i));
        }
    }

    @AfterAll
    static void stop() {
        TARGET.close();
    }

    private static List<String> messages() {
        return BROWSER.texts("#event-rows td[data-label='Message']");
    }

    @Test
    void jobs_and_readiness_are_those_of_the_api() {
        BROWSER.open("/dashboard/operation");

        assertThat(BROWSER.text("#tile-ready")).isEqualTo("ready");
        assertThat(BROWSER.text("#tile-jobs")).isEqualTo("5 / 5");
        for (JsonNode job : SERVER.client().get("/readyz").json().path("jobs")) {
            assertThat(BROWSER.texts("#job-rows th")).contains(job.path("name").asText());
        }
    }

    @Test
    void events_are_filtered_by_level_miner_and_time_and_read_on() {
        BROWSER.open("/dashboard/operation");
        assertThat(messages()).hasSize(50);
        BROWSER.click("#event-more");
        BROWSER.eventually(() -> assertThat(messages()).hasSize(62).contains("it <b>restarts</b> too often"));

        BROWSER.choose("#event-level", "error");
        BROWSER.eventually(() -> assertThat(messages()).isNotEmpty().allMatch(text -> text.startsWith("failure")));

        BROWSER.choose("#event-level", "");
        BROWSER.type("#event-miner", SERVER.name(0));
        BROWSER.press(org.openqa.selenium.Keys.TAB);
        BROWSER.eventually(() -> assertThat(messages()).containsExactly("it <b>restarts</b> too often"));

        BROWSER.element("#event-miner").clear();
        BROWSER.press(org.openqa.selenium.Keys.TAB);
        BROWSER.choose("#event-since", "24");
        BROWSER.eventually(() -> assertThat(messages()).hasSizeGreaterThan(1).doesNotContain("long ago"));
    }

    @Test
    void an_address_that_is_none_is_reported_at_its_field() {
        BROWSER.complaintsAreExpected();
        BROWSER.open("/dashboard/operation");

        BROWSER.type("#event-miner", "nobody here");
        BROWSER.press(org.openqa.selenium.Keys.TAB);

        BROWSER.eventually(() -> assertThat(BROWSER.text("#event-miner-error")).isNotEmpty());
    }

    @Test
    void a_test_message_can_be_sent_on_each_channel_that_is_set_up() {
        BROWSER.open("/dashboard/operation");

        assertThat(BROWSER.texts("#outbox-channel option")).containsExactly("noc-slack", "webhook");
        BROWSER.choose("#outbox-channel", "noc-slack");
        BROWSER.click("#outbox-test");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#outbox-message")).contains("noc-slack accepted"));
        assertThat(TARGET.bodies()).last().asString().contains("\"blocks\"");
    }

    @Test
    void a_test_message_to_a_webhook_goes_to_the_address_that_is_given() {
        BROWSER.open("/dashboard/operation");

        BROWSER.choose("#outbox-channel", "webhook");
        BROWSER.choose("#outbox-format", "discord");
        BROWSER.type("#outbox-url", TARGET.url());
        BROWSER.click("#outbox-test");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#outbox-message")).contains("webhook accepted"));
        assertThat(TARGET.bodies()).last().asString().contains("\"embeds\"");
    }

    @Test
    void a_test_message_without_an_address_is_refused_at_its_field() {
        BROWSER.complaintsAreExpected();
        BROWSER.open("/dashboard/operation");

        BROWSER.choose("#outbox-channel", "webhook");
        BROWSER.click("#outbox-test");

        BROWSER.eventually(() -> assertThat(BROWSER.text("#outbox-url-error")).contains("webhook_url must be given"));
    }
}
