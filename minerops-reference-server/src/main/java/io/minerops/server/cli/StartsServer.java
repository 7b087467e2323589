package io.minerops.server.cli;

/** A command whose failure means that no server was started. */
public interface StartsServer {}
