/** Which instance polls which miners, and when. Nothing here reads miners. */
@NullMarked
package io.minerops.core.internal.share;

import org.jspecify.annotations.NullMarked;
