package io.minerops.core.internal.buffer;

import io.minerops.api.StoreException;
import io.minerops.api.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Distinguishes a store that fails from one that works and refuses what it was given. */
final class Outage {
    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    private Outage() {}

    /** Whether a step failed because the store does; a small write may succeed on a disk that is full. */
    static boolean isOne(StoreException failure, Store store) {
        return switch (failure.reason()) {
            case DISK_FULL, READ_ONLY, LOCKED, FILE_GONE -> true;
            case DAMAGED, NEWER_SCHEMA, OTHER -> !works(store);
        };
    }

    private static boolean works(Store store) {
        try {
            store.ping();
            return true;
        } catch (StoreException e) {
            log.debug("the store fails still", e);
            return false;
        }
    }
}
