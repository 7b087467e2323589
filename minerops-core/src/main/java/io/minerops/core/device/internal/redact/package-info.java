/** Redaction of secrets and of identifying data in responses of devices. */
@NullMarked
package io.minerops.core.device.internal.redact;

import org.jspecify.annotations.NullMarked;
