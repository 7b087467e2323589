package io.minerops.server.notifications;

import io.minerops.api.alert.Destination;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.notify.Notifier;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.cli.SettingsOptions;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.JsonObject;
import io.minerops.server.rest.form.TestDestination;
import io.minerops.server.rest.view.DeliveryView;
import io.minerops.server.wiring.ChannelWiring;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends one message to try a channel. */
@Command(
        name = "test",
        description = "Sends one test message with the settings of the server and shows the response of the service."
                + " It needs no database and does not retry.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {"0:the service accepted the message", "1:it did not", ExitCodes.UNUSABLE_WORDS})
final class NotificationsTestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CHANNEL", description = "email, webhook, or a name of WEBHOOK_CHANNELS")
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private String channel;

    @Option(
            names = "--webhook-url",
            paramLabel = "URL",
            description = "URL for channel webhook; to hide it from the process list, write the option and the URL into"
                    + " a file and pass @FILE")
    private @Nullable String url;

    @Option(
            names = "--webhook-format",
            paramLabel = "FORMAT",
            defaultValue = "generic",
            completionCandidates = Formats.class,
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private String format = "generic";

    @Mixin
    private final SettingsOptions settings = new SettingsOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    /** The formats of a post; picocli makes one of it. */
    private static final class Formats implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(WebhookFormat.values()).map(WebhookFormat::key).iterator();
        }
    }

    @Override
    public Integer call() {
        ServerConfig config = settings.read();
        Destination destination;
        Delivery delivery;
        InstantSource clock = InstantSource.system();
        List<Notifier> notifiers = ChannelWiring.notifiers(config, clock);
        try {
            destination = destination(notifiers.stream().map(Notifier::channel).toList());
            Notification test =
                    new Notification.Test("minerops-test-" + UUID.randomUUID(), destination, clock.instant());
            delivery =
                    DeliveryView.outcomeOf(of(destination.channel(), notifiers).deliver(test));
        } finally {
            notifiers.forEach(Notifier::close);
        }
        JsonObject object = DeliveryView.of(delivery, destination);
        json.write(spec, object, destination + ": " + delivery + System.lineSeparator());
        return delivery instanceof Delivery.Sent ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private static Notifier of(String channel, List<Notifier> notifiers) {
        return notifiers.stream()
                .filter(notifier -> notifier.channel().equals(channel))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no notifier serves channel " + channel));
    }

    private Destination destination(List<String> channels) {
        if (channel.equals(Destination.WEBHOOK) && url == null) {
            throw new ParameterException(spec.commandLine(), "channel webhook needs --webhook-url URL");
        }
        Webhook webhook = url == null ? null : Webhook.of(url, DeliveryView.format(format));
        return TestDestination.of(channel, webhook, channels);
    }
}
