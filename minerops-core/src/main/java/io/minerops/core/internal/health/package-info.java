/** The monitor that checks the components of readiness and records their changes. */
@NullMarked
package io.minerops.core.internal.health;

import org.jspecify.annotations.NullMarked;
