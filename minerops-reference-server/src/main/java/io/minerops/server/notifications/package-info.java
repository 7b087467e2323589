/** The commands about messages: what is on its way, and a message to try. How they are sent is the library's. */
@NullMarked
package io.minerops.server.notifications;

import org.jspecify.annotations.NullMarked;
