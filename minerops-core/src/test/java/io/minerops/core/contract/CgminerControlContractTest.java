package io.minerops.core.contract;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerControl;
import io.minerops.core.device.CgminerControl;
import io.minerops.testkit.contract.MinerControlContract;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.fleet.Trouble;
import org.junit.jupiter.api.AfterEach;

class CgminerControlContractTest extends MinerControlContract {
    private final FleetSimulator fleet = FleetSimulator.builder()
            .miners(3)
            .models(Model.S19)
            .seed(3)
            .obedient(true)
            .build();

    CgminerControlContractTest() {
        fleet.start();
        fleet.trouble(1, Trouble.SILENT);
        fleet.trouble(2, Trouble.GONE);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Override
    protected MinerControl control() {
        return CgminerControl.builder().build();
    }

    @Override
    protected MinerAddress accepting() {
        return fleet.addresses().get(0);
    }

    @Override
    protected MinerAddress unresponsive() {
        return fleet.addresses().get(1);
    }

    @Override
    protected MinerAddress absent() {
        return fleet.addresses().get(2);
    }
}
