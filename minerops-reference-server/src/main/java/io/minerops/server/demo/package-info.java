/**
 * The demo: a simulated fleet, a market and catchers of mails and posts, all on this machine, around the real server.
 */
@NullMarked
package io.minerops.server.demo;

import org.jspecify.annotations.NullMarked;
