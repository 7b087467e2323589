/**
 * Keeps polls in the heap while the store fails, shows their samples as the latest, and stores them in order when the store works
 * again.
 */
@NullMarked
package io.minerops.core.internal.buffer;

import org.jspecify.annotations.NullMarked;
