/**
 * Burn-in certificates: the command that watches a miner, the files of a watch under way, and the signed certificate and its
 * page. What a certificate says is decided in {@code io.minerops.core.certify}.
 */
@NullMarked
package io.minerops.server.certify;

import org.jspecify.annotations.NullMarked;
