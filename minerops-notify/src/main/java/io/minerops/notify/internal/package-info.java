/** The text of messages, shared by all channels. */
@NullMarked
package io.minerops.notify.internal;

import org.jspecify.annotations.NullMarked;
