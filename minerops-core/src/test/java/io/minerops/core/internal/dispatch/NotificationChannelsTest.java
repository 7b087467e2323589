package io.minerops.core.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Destination;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.notify.Notifier;
import io.minerops.core.TestClock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class NotificationChannelsTest {
    private final Slow before = new Slow("pager");
    private final Slow after = new Slow("pager");
    private final NotificationChannels channels = new NotificationChannels(List.of(before), List.of());

    private CompletionStage<Delivery> send() {
        return channels.sendTest(Destination.of("pager"), TestClock.START);
    }

    @Test
    void a_delivery_under_way_ends_on_the_notifier_it_began_with_which_is_closed_after_it() {
        CompletableFuture<Delivery> underWay = send().toCompletableFuture();

        channels.exchange(List.of(after), List.of());

        assertThat(before.closed).isFalse();
        assertThat(underWay).isNotDone();
        before.answer.complete(new Delivery.Sent("old"));
        assertThat(underWay.join()).isEqualTo(new Delivery.Sent("old"));
        assertThat(before.closed).isTrue();
    }

    @Test
    void what_begins_after_an_exchange_goes_to_the_new_notifier() {
        channels.exchange(List.of(after), List.of());
        after.answer.complete(new Delivery.Sent("new"));

        assertThat(send().toCompletableFuture().join()).isEqualTo(new Delivery.Sent("new"));
        assertThat(before.closed).isTrue();
        assertThat(after.closed).isFalse();
    }

    @Test
    void names_and_escalation_are_exchanged_together() {
        Destination chat = Destination.of("chat");

        channels.exchange(List.of(after, new Slow("chat")), List.of(chat));

        assertThat(channels.names()).containsExactly("pager", "chat");
        assertThat(channels.addressing())
                .extracting("escalation")
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(chat);
    }

    @Test
    void two_notifiers_of_one_channel_are_refused_and_nothing_is_changed() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> channels.exchange(List.of(after, new Slow("pager")), List.of()))
                .withMessageContaining("pager has one already");

        before.answer.complete(new Delivery.Sent("old"));
        assertThat(send().toCompletableFuture().join()).isEqualTo(new Delivery.Sent("old"));
        assertThat(before.closed).isFalse();
    }

    @Test
    void a_channel_without_a_notifier_fails_and_holds_nothing_open() {
        assertThat(channels.sendTest(Destination.of("fax"), TestClock.START)
                        .toCompletableFuture()
                        .join())
                .isEqualTo(new Delivery.Failed("no notifier is set up for channel fax"));

        channels.close();
        assertThat(before.closed).isTrue();
    }

    @Test
    void closing_waits_for_nothing() {
        send();
        channels.exchange(List.of(after), List.of());

        channels.close();

        assertThat(before.closed).isTrue();
        assertThat(after.closed).isTrue();
    }

    @Test
    void closed_channels_take_no_other_notifiers() {
        channels.close();
        channels.close();

        assertThatIllegalStateException().isThrownBy(() -> channels.exchange(List.of(after), List.of()));
    }

    /** Answers when the test says so. */
    private static final class Slow implements Notifier {
        private final String channel;
        private final CompletableFuture<Delivery> answer = new CompletableFuture<>();
        private boolean closed;

        Slow(String channel) {
            this.channel = channel;
        }

        @Override
        public String channel() {
            return channel;
        }

        @Override
        public CompletionStage<Delivery> deliver(Notification notification) {
            return answer;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
