package io.minerops.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import io.minerops.server.config.LogFormat;
import io.minerops.server.config.LogLevel;
import io.minerops.server.config.ServerConfig;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Sets up logging: the console, and {@code app.log}, which rolls by day and by size and is bounded in all. */
public final class Logging {
    private static final FileSize MAX_FILE = FileSize.valueOf("20MB");
    private static final FileSize MAX_TOTAL = FileSize.valueOf("500MB");
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %-28logger{28} %msg%n";

    private Logging() {}

    /** Sets up logging as the settings say; what was set up before is gone. */
    public static void setUp(ServerConfig.Logs logs) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.valueOf(logs.level().name()));
        // the libraries below log each step, which does not help operators
        context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
        context.getLogger("com.zaxxer.hikari").setLevel(Level.WARN);
        root.addAppender(console(context, logs.format()));
        root.addAppender(file(context, logs));
    }

    /** Changes the least level that is logged, and nothing else. */
    static void level(LogLevel level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.valueOf(level.name()));
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context, LogFormat format) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("console");
        console.setEncoder(encoder(context, format));
        console.start();
        return console;
    }

    private static RollingFileAppender<ILoggingEvent> file(LoggerContext context, ServerConfig.Logs logs) {
        Path current = logs.directory().resolve("app.log");
        RollingFileAppender<ILoggingEvent> file = new PrivateLogFile();
        file.setContext(context);
        file.setName("file");
        file.setFile(current.toString());
        SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(file);
        policy.setFileNamePattern(
                logs.directory().resolve("app.%d{yyyy-MM-dd}.%i.log.gz").toString());
        policy.setMaxFileSize(MAX_FILE);
        policy.setMaxHistory(logs.retentionDays());
        policy.setTotalSizeCap(MAX_TOTAL);
        policy.setCleanHistoryOnStart(true);
        policy.start();
        file.setRollingPolicy(policy);
        file.setEncoder(encoder(context, logs.format()));
        file.start();
        return file;
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format) {
        if (format == LogFormat.JSON) {
            JsonEncoder json = new JsonEncoder();
            json.setContext(context);
            json.start();
            return json;
        }
        PatternLayoutEncoder text = new PatternLayoutEncoder();
        text.setContext(context);
        text.setPattern(PATTERN);
        text.start();
        return text;
    }
}
