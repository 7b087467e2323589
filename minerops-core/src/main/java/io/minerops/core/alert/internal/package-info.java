/** The rule types of the standard set. */
@NullMarked
package io.minerops.core.alert.internal;

import org.jspecify.annotations.NullMarked;
