package io.minerops.core.device.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortagesTest {
    @Test
    void all_room_is_given_back_however_a_reading_ends() {
        ReplyMemory memory = new ReplyMemory(1_000_000);
        Shortages shortages = new Shortages(10, memory);
        assertThat(memory.take(600_000, ReplyMemory.Use.LONG_REPLY)).isFalse();
        assertThat(memory.take(500_000, ReplyMemory.Use.LONG_REPLY)).isTrue();
        assertThat(shortages.allowsMore(0, 0)).isTrue();
        assertThat(memory.take(250_000, ReplyMemory.Use.USUAL)).isTrue();
        assertThat(memory.take(100_000, ReplyMemory.Use.USUAL)).isFalse();
        assertThat(memory.take(10_000, ReplyMemory.Use.USUAL)).isTrue();
        assertThat(shortages.allowsMore(0, 0)).isFalse();

        memory.release(760_000);

        assertThat(memory.used()).isZero();
        assertThat(shortages.allowsMore(0, 0)).isTrue();
    }

    @Test
    void a_reading_that_never_had_its_turn_for_a_shortage_is_not_read() {
        Shortages shortages = new Shortages(10, new ReplyMemory(1_000));
        shortages.note("no socket can be opened", 500);

        assertThat(shortages.since(400)).isEqualTo("no socket can be opened");
        assertThat(shortages.since(501)).isNull();
    }

    @Test
    void half_of_the_files_that_may_be_opened_are_left_to_others() {
        assertThat(FileDescriptors.allow(2_048, 256, 56)).isEqualTo(100);
        assertThat(FileDescriptors.allow(50, 256, 56)).isEqualTo(50);
        assertThat(FileDescriptors.allow(50, 10, 20)).isEqualTo(1);
        assertThat(FileDescriptors.allow(50, -1, 20)).isEqualTo(50);
    }
}
