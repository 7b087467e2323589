/**
 * The demo: the real server with a simulated fleet, a market, a mail server and a web server for webhooks, all on this
 * machine; and the command that records a device for the simulator. Neither is part of the production jar.
 */
@NullMarked
package io.minerops.demo;

import org.jspecify.annotations.NullMarked;
