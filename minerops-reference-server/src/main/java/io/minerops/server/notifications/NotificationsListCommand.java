package io.minerops.server.notifications;

import io.minerops.api.Page;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.OutboxQuery;
import io.minerops.api.store.Store;
import io.minerops.core.service.NotificationService;
import io.minerops.server.cli.DatabaseOptions;
import io.minerops.server.cli.ExitCodes;
import io.minerops.server.cli.JsonOption;
import io.minerops.server.cli.TextTable;
import io.minerops.server.http.JsonObject;
import io.minerops.server.rest.view.MinerNames;
import io.minerops.server.rest.view.Views;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what is on its way, what arrived and what did not. */
@Command(
        name = "list",
        description = "Lists messages, newest first, beside a running server or not.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = ExitCodes.HEADING,
        exitCodeList = {ExitCodes.DONE_WORDS, "1:the database cannot be read", ExitCodes.UNUSABLE_WORDS})
final class NotificationsListCommand implements Runnable {
    private static final int MOST = 1_000;

    @Option(
            names = "--status",
            split = ",",
            paramLabel = "STATUS",
            description = "only these, comma-separated: ${COMPLETION-CANDIDATES}")
    private Set<Status> statuses = EnumSet.noneOf(Status.class);

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "maximum number of messages, 1 to " + MOST + "; default: ${DEFAULT-VALUE}")
    private int limit = 100;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "4028",
            description = "port of a miner given without one; default: ${DEFAULT-VALUE}")
    private int port = MinerAddress.DEFAULT_PORT;

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    /** The statuses, by the names that the REST interface has for them. */
    @SuppressWarnings("checkstyle:ConstantName")
    enum Status {
        pending(OutboxEntry.Status.PENDING),
        sent(OutboxEntry.Status.SENT),
        failed(OutboxEntry.Status.FAILED);

        private final OutboxEntry.Status status;

        Status(OutboxEntry.Status status) {
            this.status = status;
        }
    }

    @Override
    public void run() {
        Check.between("--limit", limit, 1, MOST);
        Set<OutboxEntry.Status> wanted = EnumSet.noneOf(OutboxEntry.Status.class);
        statuses.forEach(status -> wanted.add(status.status));
        try (Store store = database.openForReading()) {
            Page<OutboxEntry> page =
                    NotificationService.over(store, InstantSource.system()).find(new OutboxQuery(wanted, limit, null));
            Views views = new Views(new MinerNames(port));
            json.write(
                    spec,
                    JsonObject.ok()
                            .whole("count", page.items().size())
                            .list("notifications", page.items(), views::notification)
                            .flag("more", page.next() != null),
                    table(page));
        }
    }

    private String table(Page<OutboxEntry> page) {
        TextTable table = new TextTable(
                List.of("CREATED", "STATUS", "TRIES", "KIND", "DESTINATION", "MINER", "RULE", "LAST ERROR"), Set.of(2));
        for (OutboxEntry entry : page.items()) {
            MinerAddress miner = entry.alert().miner();
            table.row(List.of(
                    entry.createdAt().toString(),
                    entry.status().key(),
                    Integer.toString(entry.attempts()),
                    entry.kind().key(),
                    entry.destination().toString(),
                    miner == null ? "-" : miner.toString(port),
                    entry.alert().ruleName(),
                    Objects.requireNonNullElse(entry.lastError(), "-")));
        }
        String rest = page.next() == null ? "" : "and more; --limit shows up to " + MOST + System.lineSeparator();
        return page.items().isEmpty() ? "no messages" + System.lineSeparator() : table + rest;
    }
}
