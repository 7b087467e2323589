package io.minerops.server.config;

/** How a line of {@code app.log} is written. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One JSON object per line. */
    JSON
}
