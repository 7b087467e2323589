package io.minerops.core.alert.internal.change;

import static io.minerops.core.alert.Watch.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.StatusChange;
import io.minerops.core.alert.Evaluation;
import io.minerops.core.alert.Watch;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertWriterTest {
    private final Watch watch = new Watch();

    @BeforeEach
    void raise() {
        watch.miner(Watch.aMiner()).with(Watch.hot(Map.of()));
        watch.temperature(0, 99);
        assertThat(watch.check(0)).containsExactly("raised");
    }

    @Test
    void a_user_acknowledges_an_active_alert_once() {
        long id = watch.newest().id();

        Alert alert = ((StatusChange.Changed) watch.writer.acknowledge(id, "ana", minute(1))).alert();

        assertThat(alert).isEqualTo(watch.newest());
        assertThat(alert.status()).isEqualTo(AlertStatus.ACKNOWLEDGED);
        assertThat(watch.writer.acknowledge(id, "ben", minute(2))).isEqualTo(new StatusChange.Conflict(alert));
    }

    @Test
    void a_user_resolves_an_open_alert_once() {
        long id = watch.newest().id();
        watch.writer.acknowledge(id, "ana", minute(1));

        Alert alert = ((StatusChange.Changed) watch.writer.resolve(id, "ana", "fan", minute(2))).alert();

        assertThat(alert).isEqualTo(watch.newest());
        assertThat(alert.resolutionNote()).isEqualTo("Resolved by ana: fan");
        assertThat(watch.writer.resolve(id, null, null, minute(3))).isEqualTo(new StatusChange.Conflict(alert));
    }

    @Test
    void an_alert_that_is_not_stored_is_not_found() {
        assertThat(watch.writer.acknowledge(99, null, minute(1))).isEqualTo(new StatusChange.NotFound(99));
        assertThat(watch.writer.resolve(99, null, null, minute(1))).isEqualTo(new StatusChange.NotFound(99));
    }

    @Test
    void texts_that_are_too_long_are_refused() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> watch.writer.acknowledge(1, "x".repeat(121), minute(1)));
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> watch.writer.resolve(1, null, "x".repeat(2_001), minute(1)));
    }

    @Test
    void a_check_that_a_user_overtook_is_to_be_made_again() {
        watch.temperature(1, 20);
        Evaluation clearing = watch.evaluate(1);
        assertThat(clearing.transitions()).hasSize(1);
        watch.writer.resolve(watch.newest().id(), null, null, minute(1));

        assertThat(watch.writer.apply(clearing)).isEmpty();
    }
}
