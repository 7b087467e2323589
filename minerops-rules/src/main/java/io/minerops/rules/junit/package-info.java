/** Tests of rules under JUnit, which is an optional dependency that nothing outside this package may use. */
@NullMarked
package io.minerops.rules.junit;

import org.jspecify.annotations.NullMarked;
