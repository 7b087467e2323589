/** Devices that announce themselves by multicast DNS (RFC 6762). */
@NullMarked
package io.minerops.core.discovery.mdns;

import org.jspecify.annotations.NullMarked;
