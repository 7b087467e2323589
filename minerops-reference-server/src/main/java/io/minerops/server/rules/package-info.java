/**
 * Rules as files on the command line and at the start: reads the arguments, calls the library, and shows the result.
 * No rule is judged here.
 */
@NullMarked
package io.minerops.server.rules;

import org.jspecify.annotations.NullMarked;
