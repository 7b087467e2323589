/** Model names of devices, and what is known of each model. */
@NullMarked
package io.minerops.core.device.internal.model;

import org.jspecify.annotations.NullMarked;
