package io.minerops.testkit.fleet;

import io.minerops.api.miner.MinerAddress;
import io.minerops.testkit.fixture.DeviceDoor;
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
    static FleetPorts of(List<FleetMember> members, FleetLayout layout, Map<DeviceDoor, Integer> doorPorts) {
        List<InetSocketAddress> addresses = layout.place(members.size());
        List<FleetServer.Listener> listeners = new ArrayList<>();
        for (int miner = 0; miner < members.size(); miner++) {
            listeners.add(new FleetServer.Listener(miner, members.get(miner).doorsAtAddress(), addresses.get(miner)));
        }
        for (int miner = 0; miner < members.size(); miner++) {
            for (Map.Entry<DeviceDoor, Integer> door :
                    members.get(miner).otherDoors().entrySet()) {
                int port = doorPorts.getOrDefault(door.getKey(), door.getValue());
                listeners.add(new FleetServer.Listener(
                        miner, Set.of(door.getKey()), layout.door(addresses.get(miner), port)));
            }
        }
        return new FleetPorts(members.size(), List.copyOf(listeners));
    }

    /** Where the miners are, by their order, when it is known where each port came to be. */
    List<MinerAddress> addresses(List<InetSocketAddress> bound) {
        return bound.subList(0, miners).stream().map(FleetPorts::address).toList();
    }

    /** Where the endpoints of each miner are that are open. */
    List<Map<DeviceDoor, MinerAddress>> doors(List<InetSocketAddress> bound) {
        List<Map<DeviceDoor, MinerAddress>> doors = new ArrayList<>();
        for (int miner = 0; miner < miners; miner++) {
            doors.add(new EnumMap<>(DeviceDoor.class));
        }
        for (int index = 0; index < listeners.size(); index++) {
            FleetServer.Listener listener = listeners.get(index);
            for (DeviceDoor door : listener.doors()) {
                doors.get(listener.miner()).put(door, address(bound.get(index)));
            }
        }
        return doors.stream().map(Collections::unmodifiableMap).toList();
    }

    private static MinerAddress address(InetSocketAddress socket) {
        return new MinerAddress(socket.getAddress().getHostAddress(), socket.getPort());
    }
}
