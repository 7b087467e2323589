/**
 * The command that keeps what a device says as a fixture. Nothing that interprets replies may be here: reading is the
 * client's, the form of fixtures is the testkit's.
 */
@NullMarked
package io.minerops.server.record;

import org.jspecify.annotations.NullMarked;
