/** The jobs of an instance as users see them: their names, status, reports and listeners. */
@NullMarked
package io.minerops.core.job;

import org.jspecify.annotations.NullMarked;
