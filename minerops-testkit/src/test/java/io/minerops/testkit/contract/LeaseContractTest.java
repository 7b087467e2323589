package io.minerops.testkit.contract;

import io.minerops.api.store.Lease;

/** The lease of a process that is alone keeps the contract. */
class LeaseContractTest extends LeaseContract {
    @Override
    protected Lease lease() {
        return Lease.always();
    }
}
