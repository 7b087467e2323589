/** The interfaces of stores and their queries. A store reads and writes rows; what they mean is decided by the core. */
@NullMarked
package io.minerops.api.store;

import org.jspecify.annotations.NullMarked;
