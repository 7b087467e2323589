/**
 * Rules as files on the command line and at the start: reads what was asked, calls the library, and shows what it says.
 * No rule is judged here.
 */
@NullMarked
package io.minerops.server.rules;

import org.jspecify.annotations.NullMarked;
