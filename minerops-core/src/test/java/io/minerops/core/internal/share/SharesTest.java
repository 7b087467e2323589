package io.minerops.core.internal.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final List<MinerAddress> MINERS = IntStream.range(0, 20_000)
            .mapToObj(n -> MinerAddress.of("10.0." + n / 200 + "." + (n % 200 + 1)))
            .toList();
    private static final List<String> INSTANCES =
            IntStream.range(0, 20).mapToObj(n -> "server-" + n + ":8080").toList();

    @Test
    void the_order_of_the_instances_does_not_matter() {
        List<String> shuffled = new ArrayList<>(INSTANCES);
        Collections.shuffle(shuffled, new Random(1));

        assertThat(MINERS)
                .allSatisfy(miner -> assertThat(Shares.among(shuffled).owner(miner))
                        .isEqualTo(Shares.among(INSTANCES).owner(miner)));
    }

    @Test
    void without_an_instance_only_its_miners_move() {
        List<String> left = INSTANCES.subList(1, INSTANCES.size());

        for (MinerAddress miner : MINERS) {
            String before = Shares.among(INSTANCES).owner(miner);
            if (!before.equals(INSTANCES.get(0))) {
                assertThat(Shares.among(left).owner(miner)).isEqualTo(before);
            } else {
                assertThat(left).contains(Shares.among(left).owner(miner));
            }
        }
    }

    @Test
    void each_instance_has_about_as_many_miners_as_another() {
        Map<String, Integer> counts = new HashMap<>();
        MINERS.forEach(miner -> counts.merge(Shares.among(INSTANCES).owner(miner), 1, Integer::sum));

        // 1,000 each, with a standard deviation of 31
        assertThat(counts).hasSize(20);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(875, 1_125));
    }

    @Test
    void miners_that_differ_by_their_port_alone_are_divided_too() {
        Map<String, Integer> counts = new HashMap<>();
        List<String> three = INSTANCES.subList(0, 3);
        IntStream.range(20_000, 23_000)
                .mapToObj(port -> new MinerAddress("127.0.0.1", port))
                .forEach(miner -> counts.merge(Shares.among(three).owner(miner), 1, Integer::sum));

        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(900, 1_100));
    }
}
