package io.minerops.notify;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a reply up to a limit; the rest is left on the wire, for the status says what matters. */
final class ReplyHead implements BodySubscriber<byte[]> {
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> head = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    ReplyHead(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return head;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] chunk = new byte[Math.min(buffer.remaining(), maxBytes - bytes.size())];
            buffer.get(chunk);
            bytes.writeBytes(chunk);
        }
        if (subscription == null) {
            return;
        }
        if (bytes.size() < maxBytes) {
            subscription.request(1);
        } else {
            subscription.cancel();
            head.complete(bytes.toByteArray());
        }
    }

    @Override
    public void onError(Throwable failure) {
        head.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        head.complete(bytes.toByteArray());
    }
}
