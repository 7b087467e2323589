/** What stores with SQL share: rows, times and small codecs. */
@NullMarked
package io.minerops.blocks.jdbc;

import org.jspecify.annotations.NullMarked;
