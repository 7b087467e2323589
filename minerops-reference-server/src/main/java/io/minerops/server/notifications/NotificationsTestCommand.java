package io.minerops.server.notifications;

import io.minerops.api.alert.Destination;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.notify.Delivery;
import io.minerops.core.internal.dispatch.NotificationChannels;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.cli.SettingsOptions;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.JsonObject;
import io.minerops.server.rest.view.DeliveryView;
import io.minerops.server.wiring.ChannelWiring;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
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
    @Parameters(paramLabel = "CHANNEL", description = "${COMPLETION-CANDIDATES}")
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private Channel channel;

    @Option(
            names = "--webhook-url",
            paramLabel = "URL",
            description = "URL of the webhook; to hide it from the process list, write the option and the URL into"
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

    /** The channels, by the names that the REST interface has for them. */
    enum Channel {
        email,
        webhook
    }

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
        Destination destination = destination(config);
        Delivery delivery;
        InstantSource clock = InstantSource.system();
        try (NotificationChannels channels =
                new NotificationChannels(ChannelWiring.notifiers(config, clock), ChannelWiring.escalation(config))) {
            delivery = DeliveryView.outcomeOf(channels.sendTest(destination, Instant.now()));
        }
        JsonObject object = DeliveryView.of(delivery, destination);
        json.write(spec, object, destination + ": " + delivery + System.lineSeparator());
        return delivery instanceof Delivery.Sent ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private Destination destination(ServerConfig config) {
        if (channel == Channel.email) {
            if (config.mail() == null) {
                throw new ParameterException(
                        spec.commandLine(), "no mail server is set: see SMTP_SERVER and ALERT_EMAIL");
            }
            return Destination.email();
        }
        if (url == null) {
            throw new ParameterException(spec.commandLine(), "channel webhook needs --webhook-url URL");
        }
        return Destination.webhook(Webhook.of(url, DeliveryView.format(format)));
    }
}
