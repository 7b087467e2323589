package io.minerops.api.alert;

/** The result of a user's request to acknowledge or resolve an alert. */
public sealed interface StatusChange {
    /** Done; the alert as it is now. */
    record Changed(Alert alert) implements StatusChange {}

    /** Not done: the alert's status does not allow it; the alert as it is. */
    record Conflict(Alert alert) implements StatusChange {}

    /** There is no alert of that id. */
    record NotFound(long id) implements StatusChange {}
}
