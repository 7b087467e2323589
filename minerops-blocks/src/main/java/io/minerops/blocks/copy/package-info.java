/** The content of a store moved to another one, kind by kind, in a form that is the same in all stores. */
@NullMarked
package io.minerops.blocks.copy;

import org.jspecify.annotations.NullMarked;
