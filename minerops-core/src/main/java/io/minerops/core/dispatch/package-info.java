/**
 * Takes messages from the outbox, groups them, hands them to notifiers, and writes down how it went. Knows stores and
 * the Notifier SPI, and no channel.
 */
@NullMarked
package io.minerops.core.dispatch;

import org.jspecify.annotations.NullMarked;
