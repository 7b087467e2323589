package io.minerops.core;

import io.minerops.api.StoreException;
import io.minerops.api.StoreException.Reason;
import io.minerops.api.store.Store;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store whose disk can be full: then every write fails, and every read works. */
final class FailingWrites {
    private static final Set<String> WRITES = Set.of("append", "apply", "begin", "finish", "record");

    private final Store store;

    volatile Reason reason = Reason.DISK_FULL;
    volatile boolean fails;
    /** The name of one method that fails alone; null for none. */
    volatile @Nullable String failsAlone;

    FailingWrites(Store store) {
        this.store = store;
    }

    Store asStore() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("ping")) {
                        check(fails, "ping");
                    } else if (method.getName().equals("close")) {
                        // so that a test can look at what is left
                        return null;
                    }
                    Object result = call(store, method, arguments);
                    Class<?> type = method.getReturnType();
                    return type.isInterface() && result != null
                            ? Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, part(result))
                            : result;
                });
    }

    private InvocationHandler part(Object part) {
        return (proxy, method, arguments) -> {
            String name = method.getName();
            check((fails && WRITES.contains(name)) || name.equals(failsAlone), name);
            return call(part, method, arguments);
        };
    }

    private void check(boolean failing, String step) {
        if (failing) {
            throw new StoreException(step + ": the disk is full", reason);
        }
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
