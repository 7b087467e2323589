/** Redaction of secrets and of identifying data in responses of devices. */
@NullMarked
package io.minerops.core.device.redact;

import org.jspecify.annotations.NullMarked;
