/**
 * The facade that puts the engines, the jobs and the stores together. It decides nothing of its own: each engine works
 * without it.
 */
@NullMarked
package io.minerops.core;

import org.jspecify.annotations.NullMarked;
