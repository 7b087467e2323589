package io.minerops.api.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinerIndexTest {
    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

    private static Miner miner(String address) {
        return Miner.builder(MinerAddress.of(address), AT).build();
    }

    @Test
    void each_miner_has_the_row_of_its_position() {
        MinerIndex roster = MinerIndex.of(List.of(miner("10.0.0.7"), miner("10.0.0.5")));

        assertThat(roster.row(MinerAddress.of("10.0.0.5"))).isEqualTo(1);
        assertThat(roster.row(MinerAddress.of("10.0.0.6"))).isEqualTo(-1);
    }

    @Test
    void a_miner_that_is_there_twice_is_refused() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> MinerIndex.of(List.of(miner("10.0.0.7"), miner("10.0.0.5"), miner("10.0.0.7"))))
                .withMessageContaining("10.0.0.7 is there twice");
    }

    @Test
    void a_snapshot_with_two_rows_of_a_miner_is_refused() {
        FleetSnapshot.Builder snapshot =
                FleetSnapshot.builder(AT, 2).row(miner("10.0.0.7")).row(miner("10.0.0.7"));

        assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(snapshot::build);
    }
}
