/**
 * The import of a database of the Flask system that MinerOps replaces: samples and what is entered of miners. The file is
 * only read.
 */
@NullMarked
package io.minerops.server.flask;

import org.jspecify.annotations.NullMarked;
