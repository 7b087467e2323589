/**
 * Whether the process works: the components of readiness, and the monitor that records their changes. What a component
 * checks lives with the component.
 */
@NullMarked
package io.minerops.core.health;

import org.jspecify.annotations.NullMarked;
