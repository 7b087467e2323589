/** Statements over HTTP, as CSV and as a command. */
@NullMarked
package io.minerops.server.statement;

import org.jspecify.annotations.NullMarked;
