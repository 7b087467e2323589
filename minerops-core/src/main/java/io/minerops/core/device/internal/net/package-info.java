/** The connections to devices: one thread with non-blocking sockets, limits, and requests in turn. */
@NullMarked
package io.minerops.core.device.internal.net;

import org.jspecify.annotations.NullMarked;
