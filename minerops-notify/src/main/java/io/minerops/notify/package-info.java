/**
 * The notification channels: e-mail by SMTP, and webhooks in the shapes that Slack, Discord, Teams and others take.
 * Renders and sends one message at a time; what is sent when, and whether again, is decided elsewhere.
 */
@NullMarked
package io.minerops.notify;

import org.jspecify.annotations.NullMarked;
