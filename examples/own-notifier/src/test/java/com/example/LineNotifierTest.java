package com.example;

import io.minerops.api.alert.Destination;
import io.minerops.api.notify.Notifier;
import io.minerops.testkit.contract.NotifierContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;

/** The contract of every notifier, over a service on loopback. */
class LineNotifierTest extends NotifierContract {
    private final ServerSocket service;

    LineNotifierTest() throws IOException {
        service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        service.close();
    }

    @Override
    protected Notifier notifier() {
        return new LineNotifier(new InetSocketAddress(service.getInetAddress(), service.getLocalPort()));
    }

    @Override
    protected Destination destination() {
        return Destination.of(LineNotifier.CHANNEL);
    }

    @Override
    protected void stopService() {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
