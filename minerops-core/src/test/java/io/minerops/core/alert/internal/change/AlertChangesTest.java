package io.minerops.core.alert.internal.change;

import static io.minerops.core.alert.Watch.MINER;
import static io.minerops.core.alert.Watch.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertRow;
import io.minerops.core.alert.AlertTransition;
import io.minerops.core.alert.Evaluation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each event means for an alert and for those who receive its messages. */
class AlertChangesTest {
    private static final Destination MAIL = Destination.email();
    private static final Destination PAGER = Destination.of("pager");
    private static final AlertRule HOT =
            AlertRule.builder("hot", RuleType.TEMP).id(7).build();
    private static final ConditionKey KEY = new ConditionKey(7, MINER);
    private static final Instant NOW = minute(9);

    private static AlertTransition.Raised begun(Destination... destinations) {
        return new AlertTransition.Raised(
                KEY, minute(1), HOT, "too hot", Map.of("avg_temp_c", 85.5), List.of(destinations), false);
    }

    /** A stored alert 5 of two destinations. */
    private static AlertRow stored(boolean silenced, boolean announced) {
        AlertTransition.Raised begun = begun(MAIL, PAGER);
        AlertRow row = AlertChanges.of(check(silenced ? begun.inSilence() : begun), List.of())
                .created()
                .get(0)
                .row();
        return new AlertRow(row.alert().numbered(5), row.destinations(), announced);
    }

    private static Evaluation check(AlertTransition... transitions) {
        return new Evaluation(3, NOW, List.of(transitions), Map.of(), Map.of(), List.of());
    }

    private static AlertTransition event(String name) {
        return switch (name) {
            case "silenced" -> new AlertTransition.Silenced(KEY, NOW, 5);
            case "unsilenced" -> new AlertTransition.Unsilenced(KEY, NOW, 5);
            case "reminded" -> new AlertTransition.Reminded(KEY, NOW, 5);
            case "escalated" ->
                new AlertTransition.Escalated(
                        KEY, NOW, 5, 1, HOT, Severity.CRITICAL, List.of(PAGER, Destination.of("boss")));
            case "cleared" -> new AlertTransition.Cleared(KEY, NOW, 5, "cool");
            case "withdrawn" -> new AlertTransition.Withdrawn(KEY, NOW, 5, "rule disabled");
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String sent(AlertBatch.Entry entry) {
        return entry.messages().stream()
                .map(message -> message.kind().key() + " " + message.destination())
                .collect(Collectors.joining(" + "));
    }

    // the alert before: open; marked (a silence covers it); held (one has since its beginning, so it is not announced)
    @ParameterizedTest(name = "{1} when {0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            open   | reminded               | warning active, announced                  | reminder email + reminder pager
            open   | escalated              | critical active, announced                 | escalated pager + escalated boss
            open   | cleared                | warning auto_resolved, announced           | resolved email + resolved pager
            open   | withdrawn              | warning resolved, announced                | resolved email + resolved pager
            open   | silenced               | warning active, announced, silenced        | -
            open   | cleared silenced       | warning auto_resolved, announced, silenced | -
            open   | reminded silenced      | warning active, announced, silenced        | -
            open   | escalated silenced     | critical active, announced, silenced       | -
            marked | reminded               | warning active, announced, silenced        | -
            marked | escalated              | critical active, announced, silenced       | -
            marked | cleared                | warning auto_resolved, announced, silenced | -
            marked | withdrawn              | warning resolved, announced, silenced      | -
            marked | unsilenced             | warning active, announced                  | -
            marked | reminded unsilenced    | warning active, announced                  | -
            marked | escalated unsilenced   | critical active, announced                 | escalated pager + escalated boss
            held   | reminded               | warning active, silenced                   | -
            held   | cleared                | warning auto_resolved, silenced            | -
            held   | escalated              | critical active, silenced                  | -
            held   | unsilenced             | warning active, announced                  | firing email + firing pager
            held   | escalated unsilenced   | critical active, announced                 | firing email + firing pager + escalated pager + escalated boss
            """)
    void an_event_changes_the_alert_and_sends(String before, String events, String after, String messages) {
        AlertRow row = stored(!before.equals("open"), !before.equals("held"));
        AlertTransition[] transitions =
                Stream.of(events.split(" ")).map(AlertChangesTest::event).toArray(AlertTransition[]::new);

        AlertBatch batch = AlertChanges.of(check(transitions), List.of(row));

        assertThat(batch.created()).isEmpty();
        AlertBatch.Entry entry = batch.changed().get(0);
        Alert alert = entry.row().alert();
        assertThat(batch.changed()).hasSize(1);
        assertThat(alert.severity().key() + " " + alert.status().key()
                        + (entry.row().announced() ? ", announced" : "") + (alert.silenced() ? ", silenced" : ""))
                .isEqualTo(after);
        assertThat(sent(entry)).isEqualTo(messages == null ? "" : messages);
        assertThat(entry.messages()).allMatch(message -> message.at().equals(NOW));
        assertThat(batch.messages()).isEqualTo(entry.messages().size());
    }

    @Test
    void a_raise_becomes_an_alert_and_a_message_to_each_destination() {
        AlertBatch.Entry entry =
                AlertChanges.of(check(begun(MAIL, PAGER)), List.of()).created().get(0);

        Alert alert = entry.row().alert();
        assertThat(alert.id()).isEqualTo(Alert.UNSAVED);
        assertThat(alert.createdAt()).isEqualTo(minute(1));
        assertThat(alert.updatedAt()).isEqualTo(minute(1));
        assertThat(alert.ruleId()).isEqualTo(7);
        assertThat(alert.ruleName()).isEqualTo("hot");
        assertThat(alert.miner()).isEqualTo(MINER);
        assertThat(alert.message()).isEqualTo("too hot");
        assertThat(alert.details()).containsExactly(Map.entry("avg_temp_c", 85.5));
        assertThat(alert.status()).isEqualTo(AlertStatus.ACTIVE);
        assertThat(alert.notificationStatus()).isEqualTo(Alert.NotificationStatus.PENDING);
        assertThat(entry.row().announced()).isTrue();
        assertThat(sent(entry)).isEqualTo("firing email + firing pager");
    }

    @Test
    void a_raise_without_destinations_notifies_no_recipient() {
        AlertBatch.Entry entry =
                AlertChanges.of(check(begun()), List.of()).created().get(0);

        assertThat(entry.messages()).isEmpty();
        assertThat(entry.row().announced()).isTrue();
        assertThat(entry.row().alert().notificationStatus()).isEqualTo(Alert.NotificationStatus.NONE);
    }

    @Test
    void a_raise_in_silence_keeps_its_destinations_for_later() {
        AlertBatch.Entry entry = AlertChanges.of(check(begun(MAIL).inSilence()), List.of())
                .created()
                .get(0);

        assertThat(entry.messages()).isEmpty();
        assertThat(entry.row().destinations()).containsExactly(MAIL);
        assertThat(entry.row().announced()).isFalse();
        assertThat(entry.row().alert().silenced()).isTrue();
        assertThat(entry.row().alert().notificationStatus()).isEqualTo(Alert.NotificationStatus.NONE);
    }

    @Test
    void a_beginning_that_is_announced_late_is_pending() {
        AlertBatch batch = AlertChanges.of(check(event("unsilenced")), List.of(stored(true, false)));

        assertThat(batch.changed().get(0).row().alert().notificationStatus())
                .isEqualTo(Alert.NotificationStatus.PENDING);
    }

    @Test
    void the_end_after_an_escalation_goes_to_those_of_the_beginning_and_of_the_escalation() {
        AlertRow escalated = AlertChanges.of(check(event("escalated")), List.of(stored(false, true)))
                .changed()
                .get(0)
                .row();

        AlertBatch batch = AlertChanges.of(check(event("cleared")), List.of(escalated));

        assertThat(sent(batch.changed().get(0))).isEqualTo("resolved email + resolved pager + resolved boss");
    }

    @Test
    void one_address_in_two_formats_is_one_destination() {
        String url = "https://hooks.example.com/a/b";
        Destination slack = Destination.webhook(Webhook.of(url, WebhookFormat.SLACK));
        Destination discord = Destination.webhook(Webhook.of(url, WebhookFormat.DISCORD));

        AlertBatch.Entry entry = AlertChanges.of(check(begun(slack, discord)), List.of())
                .created()
                .get(0);

        assertThat(entry.row().destinations()).containsExactly(slack);
        assertThat(entry.messages()).extracting(AlertBatch.Message::destination).containsExactly(slack);
    }

    @Test
    void an_event_of_an_alert_that_is_not_open_is_refused() {
        AlertRow closed = AlertChanges.of(check(event("cleared")), List.of(stored(false, true)))
                .changed()
                .get(0)
                .row();

        assertThatIllegalStateException()
                .isThrownBy(() -> AlertChanges.of(check(event("cleared")), List.of(closed)))
                .withMessageContaining("there is no open alert 5");
        assertThatIllegalStateException()
                .isThrownBy(() -> AlertChanges.of(check(event("reminded")), List.of()))
                .withMessageContaining("there is no open alert 5");
    }

    @Test
    void a_check_touches_the_alerts_that_it_changes_and_no_new_one() {
        assertThat(AlertChanges.touched(check(begun(MAIL), event("silenced"), event("cleared"))))
                .containsExactly(5L);
    }

    @Test
    void a_check_passes_on_its_version_time_and_state() {
        Map<ConditionKey, ConditionState> conditions = Map.of(KEY, ConditionState.pending(NOW));
        AlertBatch batch =
                AlertChanges.of(new Evaluation(3, NOW, List.of(), conditions, Map.of(), List.of()), List.of());

        assertThat(batch).isEqualTo(new AlertBatch(3, NOW, List.of(), List.of(), conditions, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            ana | new fan | Resolved by ana: new fan
            ana | -       | Resolved by ana
            -   | new fan | new fan
            -   | -       | -
            """)
    void an_alert_that_a_user_resolves_says_by_whom_and_why(String user, String note, String text) {
        AlertBatch batch = AlertChanges.resolved(3, stored(false, true), user, note, NOW.plusNanos(1_234_567));

        AlertBatch.Entry entry = batch.changed().get(0);
        assertThat(entry.row().alert().status()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(entry.row().alert().resolvedAt()).isEqualTo(NOW.plusMillis(1));
        assertThat(entry.row().alert().resolutionNote()).isEqualTo(text);
        assertThat(sent(entry)).isEqualTo("resolved email + resolved pager");
        assertThat(batch.checkedAt()).isNull();
        assertThat(batch.baseVersion()).isEqualTo(3);
    }

    @Test
    void a_user_who_resolves_a_silenced_alert_sends_no_message() {
        assertThat(AlertChanges.resolved(3, stored(true, true), "ana", null, NOW)
                        .messages())
                .isZero();
    }

    @Test
    void an_acknowledgement_sends_no_message() {
        AlertBatch batch = AlertChanges.acknowledged(3, stored(false, true), "ana", NOW);

        Alert alert = batch.changed().get(0).row().alert();
        assertThat(alert.status()).isEqualTo(AlertStatus.ACKNOWLEDGED);
        assertThat(alert.acknowledgedBy()).isEqualTo("ana");
        assertThat(alert.acknowledgedAt()).isEqualTo(NOW);
        assertThat(batch.messages()).isZero();
    }
}
