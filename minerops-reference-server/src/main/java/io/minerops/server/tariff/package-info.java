/** The file of tariffs: read, assigned to miners, and read again when it changes. What a tariff costs lives in the library. */
@NullMarked
package io.minerops.server.tariff;

import org.jspecify.annotations.NullMarked;
