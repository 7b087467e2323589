package io.minerops.api.store;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.Destination;
import java.util.List;

/**
 * An alert as a store keeps it.
 *
 * @param alert the alert; its id is {@link Alert#UNSAVED} until the store gives it one
 * @param destinations who receives its messages, in the order in which they were added; each channel with the same
 *     address once
 * @param announced whether the messages of its beginning are in the outbox or were; false while a silence has covered
 *     the alert since its beginning
 */
public record AlertRow(Alert alert, List<Destination> destinations, boolean announced) {
    /**
     * Copies the list.
     *
     * @throws InvalidArgumentException ({@code announced}) if it is false for an alert that no silence covers
     */
    public AlertRow {
        destinations = List.copyOf(destinations);
        if (!announced && !alert.silenced()) {
            throw new InvalidArgumentException(
                    "announced", "announced must be true for alert " + alert.id() + ", which no silence covers");
        }
    }
}
