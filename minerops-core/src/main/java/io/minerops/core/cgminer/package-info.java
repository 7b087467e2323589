/**
 * The CGMiner client: asks devices over TCP, mends and reads what they answer, and turns it into samples with units.
 * Nothing here stores, judges or schedules, and no command exists here that would change a device.
 */
@NullMarked
package io.minerops.core.cgminer;

import org.jspecify.annotations.NullMarked;
