/**
 * Rules, alerts, the state between two checks, notifications, and the SPIs to store and to deliver them. Records and
 * interfaces only: what raises an alert is decided elsewhere.
 */
@NullMarked
package io.minerops.api.alert;

import org.jspecify.annotations.NullMarked;
