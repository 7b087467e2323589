package io.minerops.testkit.fleet;

import io.minerops.api.miner.MinerAddress;
import io.minerops.testkit.fixture.DeviceEndpoint;
import io.minerops.testkit.fleet.server.FleetServer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every port of a fleet: first the address of each miner, in their order, then the other endpoints.
 *
 * @param miners how many miners there are
 */
record FleetPorts(int miners, List<FleetServer.Listener> listeners) {
    /** The ports that these miners take. */
    static FleetPorts of(List<FleetMember> members, FleetLayout layout, Map<DeviceEndpoint, Integer> endpointPorts) {
        List<InetSocketAddress> addresses = layout.place(members.size());
        List<FleetServer.Listener> listeners = new ArrayList<>();
        for (int miner = 0; miner < members.size(); miner++) {
            listeners.add(
                    new FleetServer.Listener(miner, members.get(miner).endpointsAtAddress(), addresses.get(miner)));
        }
        for (int miner = 0; miner < members.size(); miner++) {
            for (Map.Entry<DeviceEndpoint, Integer> endpoint :
                    members.get(miner).otherEndpoints().entrySet()) {
                int port = endpointPorts.getOrDefault(endpoint.getKey(), endpoint.getValue());
                listeners.add(new FleetServer.Listener(
                        miner, Set.of(endpoint.getKey()), layout.endpoint(addresses.get(miner), port)));
            }
        }
        return new FleetPorts(members.size(), List.copyOf(listeners));
    }

    /** Where the miners are, by their order, when it is known where each port came to be. */
    List<MinerAddress> addresses(List<InetSocketAddress> bound) {
        return bound.subList(0, miners).stream().map(FleetPorts::address).toList();
    }

    /** Where the endpoints of each miner are that are open. */
    List<Map<DeviceEndpoint, MinerAddress>> endpoints(List<InetSocketAddress> bound) {
        List<Map<DeviceEndpoint, MinerAddress>> endpoints = new ArrayList<>();
        for (int miner = 0; miner < miners; miner++) {
            endpoints.add(new EnumMap<>(DeviceEndpoint.class));
        }
        for (int index = 0; index < listeners.size(); index++) {
            FleetServer.Listener listener = listeners.get(index);
            for (DeviceEndpoint endpoint : listener.endpoints()) {
                endpoints.get(listener.miner()).put(endpoint, address(bound.get(index)));
            }
        }
        return endpoints.stream().map(Collections::unmodifiableMap).toList();
    }

    private static MinerAddress address(InetSocketAddress socket) {
        return new MinerAddress(socket.getAddress().getHostAddress(), socket.getPort());
    }
}
