package io.minerops.core.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertAddressingTest {
    private static final Webhook HOOK = Webhook.of("https://hooks.example.com/a", WebhookFormat.GENERIC);
    private final AlertAddressing addressing =
            new AlertAddressing(List.of("pager", "email", "noc-slack", "webhook"), List.of());

    private static AlertRule.Builder rule() {
        return AlertRule.builder("hot", RuleType.TEMP);
    }

    private List<Destination> of(AlertRule.Builder rule) {
        return addressing.destinations(rule.build());
    }

    @Test
    void a_rule_without_channels_goes_to_every_channel_beside_email_and_webhook() {
        assertThat(of(rule().notifyEmail(false))).containsExactly(Destination.of("noc-slack"), Destination.of("pager"));
    }

    @Test
    void a_rule_with_channels_goes_to_these_alone() {
        assertThat(of(rule().notifyEmail(false).channels(List.of("noc-slack"))))
                .containsExactly(Destination.of("noc-slack"));
    }

    @Test
    void email_and_webhook_are_chosen_as_before_whatever_channels_are_named() {
        assertThat(of(rule().notifyEmail(true).notifyWebhook(true).webhook(HOOK).channels(List.of("pager"))))
                .containsExactly(Destination.email(), Destination.of("pager"), Destination.webhook(HOOK));
        assertThat(of(rule().notifyEmail(false)
                        .notifyWebhook(false)
                        .webhook(HOOK)
                        .channels(List.of("pager"))))
                .containsExactly(Destination.of("pager"));
    }

    @Test
    void email_may_be_named_as_a_channel() {
        assertThat(of(rule().notifyEmail(false).channels(List.of("email")))).containsExactly(Destination.email());
    }

    @Test
    void a_channel_that_is_not_set_up_gets_nothing() {
        assertThat(of(rule().notifyEmail(false).channels(List.of("gone")))).isEmpty();
    }
}
