/**
 * What every implementation of an SPI must do, as JUnit classes to extend: one per SPI. A subclass gives the
 * implementation and nothing else. They need JUnit and AssertJ on the test class path.
 */
@NullMarked
package io.minerops.testkit.contract;

import org.jspecify.annotations.NullMarked;
