package io.minerops.server.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunningRequestsTest {
    private final RunningRequests running = new RunningRequests(5, 3);

    private int begun(String client, int attempts) {
        int begun = 0;
        for (int i = 0; i < attempts; i++) {
            begun += running.tryBegin(client) ? 1 : 0;
        }
        return begun;
    }

    @Test
    void one_client_leaves_room_for_others() {
        assertThat(begun("busy", 10)).isEqualTo(3);
        assertThat(begun("other", 10)).isEqualTo(2);
        assertThat(begun("third", 10)).isZero();
    }

    @Test
    void what_has_ended_makes_room_again() {
        assertThat(begun("busy", 3)).isEqualTo(3);

        running.end("busy");

        assertThat(begun("busy", 10)).isEqualTo(1);
    }
}
