/** Certificates and their keys from PEM files. Nothing here listens, nor knows what is sent over TLS. */
@NullMarked
package io.minerops.server.tls;

import org.jspecify.annotations.NullMarked;
