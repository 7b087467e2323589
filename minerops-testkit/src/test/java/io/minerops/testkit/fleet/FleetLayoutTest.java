package io.minerops.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetLayoutTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static List<MinerAddress> addresses(int... ports) {
        return IntStream.of(ports)
                .mapToObj(port -> new MinerAddress("127.0.0.1", port))
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void a_thousand_miners_answer_at_ports_of_their_own() throws IOException {
        try (FleetSimulator fleet = FleetSimulator.builder().miners(1_000).build()) {
            fleet.start();
            assertThat(new HashSet<>(fleet.addresses())).hasSize(1_000);
            for (MinerAddress miner : fleet.addresses()) {
                assertThat(MinerCall.exchange(miner, "summary").has("SUMMARY")).isTrue();
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void miners_answer_at_consecutive_loopback_addresses() throws IOException {
        int port = freePort();
        try (FleetSimulator fleet = FleetSimulator.builder()
                .miners(300)
                .onAddresses("127.20.0.200", port)
                .build()) {
            fleet.start();
            assertThat(fleet.range()).isEqualTo("127.20.0.200-127.20.1.243:" + port);
            MinerAddress last = fleet.addresses().get(299);
            assertThat(last).isEqualTo(new MinerAddress("127.20.1.243", port));
            assertThat(MinerCall.exchange(last, "summary").has("SUMMARY")).isTrue();
        }
    }

    @Test
    void a_run_of_ports_is_one_range() {
        FleetLayout layout = new FleetLayout.Ports(LOOPBACK, 40_000);
        assertThat(layout.range(addresses(40_000, 40_001, 40_002))).isEqualTo("127.0.0.1:40000-40002");
    }

    @Test
    void ports_with_gaps_are_several_ranges() {
        FleetLayout layout = new FleetLayout.Ports(LOOPBACK, 0);
        assertThat(layout.range(addresses(4028, 4030, 4031, 4029)))
                .isEqualTo("127.0.0.1:4028,127.0.0.1:4030-4031,127.0.0.1:4029");
    }

    @Test
    void one_address_is_named_alone() {
        FleetLayout layout = new FleetLayout.Addresses("127.20.0.1", 4028);
        assertThat(layout.range(List.of(MinerAddress.of("127.20.0.1")))).isEqualTo("127.20.0.1:4028");
    }

    @Test
    void a_port_that_is_taken_is_named_and_nothing_stays_open() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            int port = taken.getLocalPort();
            FleetSimulator fleet =
                    FleetSimulator.builder().miners(1).onPorts(LOOPBACK, port).build();
            assertThatThrownBy(fleet::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot listen at 127.0.0.1:" + port);
            assertThatThrownBy(fleet::addresses)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not running");
        }
    }

    @Test
    void closing_frees_the_ports() throws IOException {
        FleetSimulator fleet = FleetSimulator.builder().miners(1).build();
        fleet.start();
        int port = fleet.addresses().get(0).port();
        fleet.close();
        fleet.close();
        try (ServerSocket again = new ServerSocket(port, 1, LOOPBACK)) {
            assertThat(again.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void starting_twice_is_refused() {
        try (FleetSimulator fleet = FleetSimulator.builder().miners(1).build()) {
            fleet.start();
            assertThatThrownBy(fleet::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("running already");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0", "localhost", "127.0.0.256", "::1"})
    void a_first_address_must_be_ipv4(String address) {
        assertThatThrownBy(() -> FleetSimulator.builder().onAddresses(address, 4028))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(address);
    }

    @Test
    void the_ports_must_suffice() {
        FleetSimulator fleet =
                FleetSimulator.builder().miners(10).onPorts(LOOPBACK, 65_530).build();
        assertThatThrownBy(fleet::start)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("first_port must be between 1 and 65526, not 65530");
    }
}
