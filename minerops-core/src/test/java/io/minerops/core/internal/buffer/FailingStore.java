package io.minerops.core.internal.buffer;

import io.minerops.api.StoreException;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A store in which writing polls, and whatever else is set, can fail. */
final class FailingStore implements MetricStore {
    private final Store store;

    volatile Predicate<Poll> refuses = poll -> false;
    volatile boolean fails;
    volatile boolean readingFails;

    FailingStore(Store store) {
        this.store = store;
    }

    /** The store with these metrics, and a ping and events that fail with them. */
    Store asStore() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("metrics")) {
                        return this;
                    }
                    if (method.getName().equals("ping")) {
                        check(fails);
                    }
                    return call(method, arguments);
                });
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void check(boolean failing) {
        if (failing) {
            throw new StoreException("the disk is full");
        }
    }

    @Override
    public void append(Poll poll) {
        check(fails || refuses.test(poll));
        store.metrics().append(poll);
    }

    @Override
    public FleetSnapshot latest() {
        check(readingFails);
        return store.metrics().latest();
    }

    @Override
    public void history(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
        check(readingFails);
        store.metrics().history(query, consumer);
    }

    @Override
    public int prune(Instant before) {
        return store.metrics().prune(before);
    }
}
