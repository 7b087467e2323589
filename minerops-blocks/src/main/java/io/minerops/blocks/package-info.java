/**
 * Samples as bytes and back, byte by byte as in {@code docs/storage-format.md}: functions without I/O, clock or state.
 * Every decoder checks what it reads and fails with {@link io.minerops.blocks.DamagedBytesException}.
 */
@NullMarked
package io.minerops.blocks;

import org.jspecify.annotations.NullMarked;
