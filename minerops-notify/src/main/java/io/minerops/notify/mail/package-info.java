/** Notifications by e-mail over SMTP. */
@NullMarked
package io.minerops.notify.mail;

import org.jspecify.annotations.NullMarked;
