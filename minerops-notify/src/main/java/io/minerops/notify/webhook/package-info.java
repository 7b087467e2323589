/** Notifications by webhook, in the formats of Slack, Discord, Teams and others. */
@NullMarked
package io.minerops.notify.webhook;

import org.jspecify.annotations.NullMarked;
