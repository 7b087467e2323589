/** Tests of rules: series of readings and the alerts that they should raise. */
@NullMarked
package io.minerops.rules.test;

import org.jspecify.annotations.NullMarked;
