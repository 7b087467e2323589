/**
 * Takes messages from the outbox, groups them, passes them to notifiers and records the result. It uses stores and the
 * Notifier interface, and knows no channel.
 */
@NullMarked
package io.minerops.core.internal.dispatch;

import org.jspecify.annotations.NullMarked;
