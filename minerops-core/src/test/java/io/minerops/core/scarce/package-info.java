/** Polls by a process of its own that is short of memory or of file descriptors. */
package io.minerops.core.scarce;
