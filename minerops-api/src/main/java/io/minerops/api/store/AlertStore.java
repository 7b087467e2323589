package io.minerops.api.store;

import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.alert.AlertCounts;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.Severity;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps alerts and the engine's state. At most one alert per rule and miner is open, whatever calls run at the same
 * time. Implementations are thread-safe and throw {@link io.minerops.api.StoreException} when the store fails.
 */
public interface AlertStore {
    /** The engine's state at one consistent point. */
    AlertState load();

    /** The {@link AlertState#version()} alone; takes the same time whatever is stored. */
    long version();

    /** The rows of these alerts, in any order; ids that no alert has are left out. */
    List<AlertRow> rows(Collection<Long> ids);

    /**
     * Writes rows in one transaction, and adds 1 to the version. What they mean is decided before: a store concludes
     * nothing from them.
     *
     * <ul>
     *   <li>A created alert gets the next number, in the order of the batch, and is stored as it is otherwise.
     *   <li>Of a changed alert the severity, the status, the marks of a silence, the time of its last change, who
     *       acknowledged it and how it was closed are replaced, and destinations that it did not have are added.
     *       {@link Alert#notifiedAt()} and {@link Alert#notificationStatus()} stay as they are, because they follow from
     *       its messages; a message of kind {@link OutboxEntry.Kind#FIRING} makes the status
     *       {@link Alert.NotificationStatus#PENDING}.
     *   <li>Changed alerts and their messages are written before created ones, so that a condition may end and begin in
     *       one batch.
     * </ul>
     *
     * @return the numbers of the created alerts, in the batch's order; empty, with nothing stored, if the version is
     *     not the batch's base
     * @throws io.minerops.api.StoreException if a changed alert is not stored or a second alert would be open for one
     *     rule and miner; nothing is stored then
     */
    Optional<List<Long>> apply(AlertBatch batch);

    /** The alert of that id; empty where there is none. */
    Optional<Alert> find(long id);

    /**
     * Lists alerts in the order of the query.
     *
     * @throws io.minerops.api.InvalidArgumentException ({@code cursor}) if the cursor is not one that this store gave
     */
    Page<Alert> find(AlertQuery query);

    /**
     * Replaces what alerts have cost, in one transaction; the {@link #version()} stays. {@link Alert#updatedAt()} stays too.
     *
     * @param totals what each alert has cost, by its id; each is stored
     * @param days costs of UTC days, each replacing that of the same alert and day; of stored alerts
     */
    void putCosts(Map<Long, AlertCost> totals, Collection<AlertCost.OfDay> days);

    /** The costs of these alerts by day, ascending by day, then by alert. */
    List<AlertCost.OfDay> costs(Collection<Long> ids);

    /**
     * The costs of all alerts that belong to UTC days of a period, ascending by day, then by alert.
     *
     * @param since the beginning of the first day, included
     * @param until the beginning of the day after the last, excluded
     */
    List<AlertCost.OfDay> costs(Instant since, Instant until);

    /** Counts alerts; takes longer the more are stored. {@code now} ends the last 24 hours. */
    AlertCounts count(Instant now);

    /**
     * Counts open alerts (active or acknowledged) of each severity; takes no longer with more that are closed.
     *
     * @return a count for every severity; 0 where none is open
     */
    Map<Severity, Long> countOpen();
}
