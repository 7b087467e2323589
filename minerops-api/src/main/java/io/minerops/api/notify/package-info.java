/** Notifiers and the messages that they deliver. */
@NullMarked
package io.minerops.api.notify;

import org.jspecify.annotations.NullMarked;
