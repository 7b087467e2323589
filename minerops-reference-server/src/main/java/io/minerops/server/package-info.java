/**
 * The reference server: its wiring, its beginning and its end. What it serves, how it is configured and how it logs live
 * in the packages below; nothing here holds logic of the field.
 */
@NullMarked
package io.minerops.server;

import org.jspecify.annotations.NullMarked;
