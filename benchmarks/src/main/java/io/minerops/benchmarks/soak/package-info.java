/**
 * The reference server under load and faults for minutes on end. Nothing here measures speed; it looks for what fails,
 * grows or comes late.
 */
@NullMarked
package io.minerops.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
