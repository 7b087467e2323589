package io.minerops.core.device.internal.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.core.device.reply.Command;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyOutlineTest {
    private static List<String> outline(Command command, String reply) {
        return ReplyOutline.of(List.of(command), reply.getBytes(StandardCharsets.ISO_8859_1), ReplyRedactor.SECRETS);
    }

    @Test
    void each_field_has_a_line_with_its_way_there() {
        assertThat(
                        outline(
                                Command.SUMMARY,
                                "{\"STATUS\":[{\"Code\":11}],\"SUMMARY\":[{\"Elapsed\":4711,\"fans\":[1,2]},{\"x\":null}],\"id\":1}\0"))
                .containsExactly(
                        "STATUS.Code = 11",
                        "SUMMARY[0].Elapsed = 4711",
                        "SUMMARY[0].fans = [1, 2]",
                        "SUMMARY[1].x = null",
                        "id = 1");
    }

    @Test
    void faults_are_repaired_and_secrets_hidden_first() {
        assertThat(outline(Command.STATS, "{\"STATS\":[{\"a\":1}{\"Pass\":\"zq\",}],\"id\":1}"))
                .containsExactly("STATS[0].a = 1", "STATS[1].Pass = ***", "id = 1");
    }

    @Test
    void what_is_no_json_is_shown_line_by_line_and_steers_nothing() {
        assertThat(outline(Command.VERSION, "hello\u001b[2J\nPass=zq,x")).containsExactly("hello [2J", "Pass=***,x");
    }

    @Test
    void an_endless_list_of_fields_is_cut() {
        StringBuilder reply = new StringBuilder("{");
        for (int field = 0; field < 5_000; field++) {
            reply.append(field == 0 ? "" : ",").append("\"f").append(field).append("\":1");
        }
        assertThat(outline(Command.STATS, reply.append('}').toString())).hasSize(ReplyOutline.MAX_LINES);
    }
}
