/**
 * Electricity tariffs as data, and the bill of a load by them. Functions only: nothing here reads a file, a clock or the
 * network; JSON is read from and written to maps and lists, so that any parser fits.
 */
@NullMarked
package io.minerops.tariff;

import org.jspecify.annotations.NullMarked;
