package io.minerops.core.certify;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.DeviceKey;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a device is, what it consists of and what it complains of, poll by poll. Not thread-safe. */
final class DeviceWatch {
    /** More are not listed: one device throughout has none. */
    private static final int MAX_CHANGES = 20;

    private final Map<DeviceKey.Kind, DeviceKey> keys = new EnumMap<>(DeviceKey.Kind.class);
    private final Map<Integer, Slot> slots = new TreeMap<>();
    private final Map<List<Object>, DeviceFault> faults = new LinkedHashMap<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> firmwareChanges = new ArrayList<>();
    private final CountShares boards = new CountShares();
    private final CountShares boardsExpected = new CountShares();
    private final CountShares chips = new CountShares();
    private final CountShares chipsExpected = new CountShares();
    private MinerIdentity identity = MinerIdentity.UNKNOWN;
    private boolean reportsFaults;

    /** One hash board over time. */
    private static final class Slot {
        private @Nullable String serial;
        private final CountShares chips = new CountShares();
        private final CountShares chipsExpected = new CountShares();
        private final Mean ths = new Mean();
        private final Mean temperature = new Mean();
    }

    /** One answer of the device. */
    void add(Instant at, MetricSample sample, MinerIdentity reported) {
        identify(at, reported);
        boards.add(sample.value(Reading.BOARDS_ALIVE));
        boardsExpected.add(sample.value(Reading.BOARDS_EXPECTED));
        chips.add(sample.value(Reading.CHIPS_ALIVE));
        chipsExpected.add(sample.value(Reading.CHIPS_EXPECTED));
        List<HashBoard> reportedBoards = sample.boards();
        if (reportedBoards != null) {
            reportedBoards.forEach(board -> board(at, board));
        }
        List<DeviceFault> reportedFaults = sample.faults();
        if (reportedFaults != null) {
            reportsFaults = true;
            reportedFaults.forEach(fault -> fault(at, fault));
        }
    }

    private void identify(Instant at, MinerIdentity reported) {
        for (DeviceKey key : DeviceKey.of(reported)) {
            DeviceKey known = keys.put(key.kind(), key);
            if (known != null && !known.equals(key)) {
                String what = key.kind() == DeviceKey.Kind.MAC ? "MAC" : "serial number";
                String was = key.kind() == DeviceKey.Kind.MAC ? identity.mac() : identity.serial();
                String now = key.kind() == DeviceKey.Kind.MAC ? reported.mac() : reported.serial();
                change(changes, at, what + " changed from " + was + " to " + now);
            }
        }
        String firmware = reported.firmwareVersion();
        if (firmware != null && identity.firmwareVersion() != null && !firmware.equals(identity.firmwareVersion())) {
            change(firmwareChanges, at, "firmware changed from " + identity.firmwareVersion() + " to " + firmware);
        }
        identity = new MinerIdentity(
                known(reported.vendor(), identity.vendor()),
                known(reported.model(), identity.model()),
                known(firmware, identity.firmwareVersion()),
                known(reported.mac(), identity.mac()),
                known(reported.hostname(), identity.hostname()),
                known(reported.serial(), identity.serial()));
    }

    private static @Nullable String known(@Nullable String now, @Nullable String before) {
        return now == null ? before : now;
    }

    private static void change(List<String> list, Instant at, String what) {
        if (list.size() < MAX_CHANGES) {
            list.add(what + " at " + at);
        }
    }

    private void board(Instant at, HashBoard board) {
        Slot slot = slots.computeIfAbsent(board.slot(), number -> new Slot());
        String serial = board.serial();
        if (serial != null) {
            if (slot.serial != null && !slot.serial.equals(serial)) {
                change(
                        changes,
                        at,
                        "serial number of board " + board.slot() + " changed from " + slot.serial + " to " + serial);
            }
            slot.serial = serial;
        }
        slot.chips.add(board.value(BoardReading.CHIPS_ALIVE));
        slot.chipsExpected.add(board.value(BoardReading.CHIPS_EXPECTED));
        slot.ths.add(board.value(BoardReading.RATE_THS));
        double chip = board.value(BoardReading.CHIP_TEMP_C);
        slot.temperature.add(Double.isNaN(chip) ? board.value(BoardReading.BOARD_TEMP_C) : chip);
    }

    private void fault(Instant at, DeviceFault fault) {
        Integer slot = fault.slot();
        List<Object> key = List.of(fault.code(), slot == null ? "" : slot);
        if (faults.size() < DeviceFault.MAX_FAULTS) {
            faults.putIfAbsent(key, fault.since() == null ? fault.since(at) : fault);
        }
    }

    /** The latest known value of each. */
    MinerIdentity identity() {
        return identity;
    }

    /** What shows that it was not one device, with all its boards, throughout. */
    List<String> changes() {
        return changes;
    }

    List<String> firmwareChanges() {
        return firmwareChanges;
    }

    /** Whether it has a MAC, a serial number or a board with one. */
    boolean isIdentified() {
        return !keys.isEmpty() || slots.values().stream().anyMatch(slot -> slot.serial != null);
    }

    CountShares boardsAlive() {
        return boards;
    }

    CountShares boardsExpected() {
        return boardsExpected;
    }

    CountShares chipsAlive() {
        return chips;
    }

    CountShares chipsExpected() {
        return chipsExpected;
    }

    boolean reportsFaults() {
        return reportsFaults;
    }

    List<DeviceFault> faults() {
        return List.copyOf(faults.values());
    }

    List<Certificate.Board> boards() {
        List<Certificate.Board> boardsBySlot = new ArrayList<>();
        slots.forEach((number, slot) -> boardsBySlot.add(new Certificate.Board(
                number,
                slot.serial,
                slot.chips.lowest(),
                slot.chipsExpected.highest(),
                slot.ths.mean(),
                slot.temperature.highest())));
        return boardsBySlot;
    }
}
