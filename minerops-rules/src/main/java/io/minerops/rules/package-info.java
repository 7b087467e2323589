/**
 * Rules as files: read with every problem at once, compared with what is stored, applied and exported, and tested
 * against the real engine. Reads the files that it is given and touches a store only where it is handed one; no clock, no
 * network.
 */
@NullMarked
package io.minerops.rules;

import org.jspecify.annotations.NullMarked;
