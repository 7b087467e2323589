/**
 * Files of rules on the command line and at the start: how the settings have them read, and how a plan is shown. No
 * rule is evaluated here.
 */
@NullMarked
package io.minerops.server.rules;

import org.jspecify.annotations.NullMarked;
