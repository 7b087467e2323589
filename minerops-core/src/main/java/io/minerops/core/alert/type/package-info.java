/** The interfaces that a rule type implements, and what a check offers it. Types from outside are found as services. */
@NullMarked
package io.minerops.core.alert.type;

import org.jspecify.annotations.NullMarked;
