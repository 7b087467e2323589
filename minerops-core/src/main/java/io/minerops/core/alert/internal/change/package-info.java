/** What the outcome of a check changes in a store, and who receives messages of it. Decides; stores write. */
@NullMarked
package io.minerops.core.alert.internal.change;

import org.jspecify.annotations.NullMarked;
