/** Requests to devices and typed access to the fields of their responses. */
@NullMarked
package io.minerops.core.device.reply;

import org.jspecify.annotations.NullMarked;
