/** The command {@code rules}. */
@NullMarked
package io.minerops.server.cli.rules;

import org.jspecify.annotations.NullMarked;
