/**
 * What the commands share: their options, their exit codes, and how results and failures are written. No command does
 * its work here, apart from those that are about the command line and the settings themselves.
 */
@NullMarked
package io.minerops.server.cli;

import org.jspecify.annotations.NullMarked;
