/**
 * Statements: what miners used, worked and earned over a day, a week, a month or a year, and where the difference to their
 * nameplates went. Records only; {@link io.minerops.core.service.StatementService} makes them.
 */
@NullMarked
package io.minerops.core.statement;

import org.jspecify.annotations.NullMarked;
