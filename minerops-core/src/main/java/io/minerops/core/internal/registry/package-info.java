/** Brings the registry of miners up to date with what devices report of themselves. Sends no request to a device. */
@NullMarked
package io.minerops.core.internal.registry;

import org.jspecify.annotations.NullMarked;
