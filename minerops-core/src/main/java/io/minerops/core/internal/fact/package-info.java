/** Follows what devices report of themselves from poll to poll. Which alerts follow from it is decided elsewhere. */
@NullMarked
package io.minerops.core.internal.fact;

import org.jspecify.annotations.NullMarked;
