/**
 * What follows the requests that change something: the audit trail and the events for open pages. Nothing here answers
 * a request for data.
 */
@NullMarked
package io.minerops.server.rest.changes;

import org.jspecify.annotations.NullMarked;
