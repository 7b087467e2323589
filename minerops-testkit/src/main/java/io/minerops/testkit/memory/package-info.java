/**
 * A store in memory, for tests of what stands above a store. It fulfils the same contracts as the others, but keeps
 * nothing when the process ends.
 */
@NullMarked
package io.minerops.testkit.memory;

import org.jspecify.annotations.NullMarked;
