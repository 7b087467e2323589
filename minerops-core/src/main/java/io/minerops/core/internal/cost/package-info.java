/** What alerts cost while they are open. Calculated from stored samples and kept in the store; it raises and ends no alert. */
@NullMarked
package io.minerops.core.internal.cost;

import org.jspecify.annotations.NullMarked;
