package io.minerops.notify.webhook;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a reply up to a limit; the rest is left on the wire, for the status says what matters. */
final class ReplyHead implements BodySubscriber<byte[]> {
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> head = new CompletableFuture<>();
    private volatile HttpResponse.@Nullable ResponseInfo info;
    private Flow.@Nullable Subscription subscription;

    ReplyHead(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Notes status and headers, which come before the body. */
    void begins(HttpResponse.ResponseInfo given) {
        info = given;
    }

    /** The answer as far as it was read; empty before its status came. */
    Optional<WebhookAnswer> answer() {
        HttpResponse.ResponseInfo given = info;
        return given == null
                ? Optional.empty()
                : Optional.of(new WebhookAnswer(
                        given.statusCode(),
                        given.headers().firstValue("Retry-After").orElse(null),
                        bytes.toString(StandardCharsets.UTF_8)));
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
