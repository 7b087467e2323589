package io.minerops.core.contract;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerClient;
import io.minerops.core.device.CgminerClient;
import io.minerops.testkit.contract.MinerClientContract;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import org.junit.jupiter.api.AfterEach;

class CgminerClientContractTest extends MinerClientContract {
    private final FleetSimulator fleet =
            FleetSimulator.builder().miners(3).seed(3).build();

    CgminerClientContractTest() {
        fleet.start();
        fleet.trouble(1, Trouble.SILENT);
        fleet.trouble(2, Trouble.GONE);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Override
    protected MinerClient client() {
        return CgminerClient.builder().build();
    }

    @Override
    protected MinerAddress answering() {
        return fleet.addresses().get(0);
    }

    @Override
    protected MinerAddress silent() {
        return fleet.addresses().get(1);
    }

    @Override
    protected MinerAddress absent() {
        return fleet.addresses().get(2);
    }
}
