/** Events: what happened to the system itself. */
@NullMarked
package io.minerops.api.event;

import org.jspecify.annotations.NullMarked;
