/** A poll of thousands of miners, beside what blocking threads make of it. */
@NullMarked
package io.minerops.benchmarks.poll;

import org.jspecify.annotations.NullMarked;
