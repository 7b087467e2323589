/** The health of an instance: its components and since when each works or fails. */
@NullMarked
package io.minerops.core.health;

import org.jspecify.annotations.NullMarked;
