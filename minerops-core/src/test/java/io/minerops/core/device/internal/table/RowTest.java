package io.minerops.core.device.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static DeviceReplies replies(String pools) {
        try {
            return DeviceReplies.none().with(Command.PROTO_POOLS, JSON.readTree(pools.replace('\'', '"')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(Item item, String... names) {
        return Row.of(item, Command.PROTO_POOLS, names);
    }

    @Test
    void of_several_names_the_first_with_a_number_counts() {
        DeviceReplies replies = replies("{'pools': [{'b': 'none', 'c': 3, 'd': 4}]}");

        assertThat(row(Item.ELAPSED, "a", "b", "c", "d").number(replies)).isEqualTo(3);
    }

    @Test
    void a_reply_without_the_field_or_no_reply_is_no_number_and_no_text() {
        assertThat(row(Item.ELAPSED, "a").number(replies("{'pools': [{'b': 1}]}")))
                .isNaN();
        assertThat(row(Item.ELAPSED, "a").number(DeviceReplies.none())).isNaN();
        assertThat(row(Item.FIRMWARE, "a").text(DeviceReplies.none())).isNull();
    }

    @Test
    void a_rate_is_in_terahashes_whatever_its_field_is_in() {
        DeviceReplies replies = replies("{'pools': [{'rate': 95000}]}");

        assertThat(Row.gigahashes(Item.RATE, Command.PROTO_POOLS, "rate").number(replies))
                .isEqualTo(95);
        assertThat(Row.megahashes(Item.RATE, Command.PROTO_POOLS, "rate").number(replies))
                .isEqualTo(0.095);
    }

    @Test
    void the_first_object_counts_unless_the_row_is_a_sum() {
        DeviceReplies replies = replies("{'pools': [{'accepted': 2}, {'accepted': 5}]}");

        assertThat(row(Item.ACCEPTED, "accepted").number(replies)).isEqualTo(2);
        assertThat(Row.sum(Item.ACCEPTED, Command.PROTO_POOLS, "accepted").number(replies))
                .isEqualTo(7);
    }

    @Test
    void a_name_leads_through_the_objects_around_the_field_from_the_data_or_from_the_root() {
        DeviceReplies replies = replies("{'pools': [{'a': {'b': [{'rpm': 1}, {'rpm': 2}]}}], 'c': {'rpm': 3}}");

        assertThat(row(Item.FANS, "a/b/rpm").numbers(replies)).containsExactly(1.0, 2.0);
        assertThat(row(Item.FANS, "/c/rpm").numbers(replies)).containsExactly(3.0);
    }

    @Test
    void a_range_is_a_field_for_each_of_its_numbers() {
        DeviceReplies replies = replies("{'pools': [{'0 Temp 1': 60, '1 Temp 0': 70, '2 Temp 0': 80}]}");

        assertThat(row(Item.TEMPERATURES, "{0-1} Temp {0-1}").numbers(replies))
                .containsExactly(Double.NaN, 60.0, 70.0, Double.NaN);
    }

    @Test
    void a_text_that_its_item_cannot_be_gives_way_to_the_next_name() {
        DeviceReplies replies = replies("{'pools': [{'a': '00:00:00:00:00:00', 'b': '02-00-5E-00-00-01'}]}");

        assertThat(row(Item.MAC, "a", "b").text(replies)).isEqualTo("02:00:5e:00:00:01");
        assertThat(row(Item.HOSTNAME, "a", "b").text(replies)).isEqualTo("00:00:00:00:00:00");
    }

    @Test
    void a_serial_number_is_checked_unless_the_firmware_is_known_to_give_a_real_one() {
        DeviceReplies replies = replies("{'pools': [{'sn': '0000'}]}");

        assertThat(row(Item.SERIAL, "sn").text(replies)).isNull();
        assertThat(row(Item.CERTAIN_SERIAL, "sn").text(replies)).isEqualTo("0000");
    }
}
