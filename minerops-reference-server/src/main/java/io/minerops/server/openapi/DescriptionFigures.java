package io.minerops.server.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.Page;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.HistorySource;
import io.minerops.core.backtest.BacktestRequest;
import io.minerops.core.statement.StatementPeriod;
import io.minerops.core.statement.StatementRequest;
import io.minerops.core.statement.Waterfall;
import io.minerops.core.trend.FleetTrend;
import io.minerops.server.rest.form.RestLimits;
import io.minerops.server.rest.view.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The defaults, limits and choices that the files of the description name and Java defines: a value {@code $name} in a
 * file stands for the one of that name here.
 */
final class DescriptionFigures {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final char MARK = '$';

    private final Map<String, JsonNode> figures = new TreeMap<>();
    private final Set<String> unused;

    private DescriptionFigures() {
        AlertRule rule = AlertRule.builder("default", RuleType.TEMP).build();
        put("severities", Choices.SEVERITIES.keySet());
        put("work_states", WorkState.all().stream().map(WorkState::key).toList());
        put(
                "history_sources",
                Stream.of(HistorySource.values()).map(HistorySource::key).toList());
        put("severity", rule.severity().key());
        put("webhook_formats", Choices.WEBHOOK_FORMATS.keySet());
        List<@Nullable String> formats = new ArrayList<>(Choices.WEBHOOK_FORMATS.keySet());
        formats.add(null);
        put("webhook_formats_or_null", formats);
        put("webhook_format", WebhookFormat.GENERIC.key());
        put("cooldown_minutes", (int) rule.cooldown().toMinutes());
        put("max_minutes", (int) RestLimits.MAX_MINUTES);
        put("page", Page.DEFAULT_LIMIT);
        put("max_page", Page.MAX_LIMIT);
        put("fresh_minutes", (int) RestLimits.DEFAULT_FRESH.toMinutes());
        put("trend_hours", (int) RestLimits.DEFAULT_TREND_HOURS);
        put("max_trend_hours", (int) RestLimits.MAX_TREND_HOURS);
        put("trend_points", RestLimits.DEFAULT_TREND_POINTS);
        put("min_trend_points", FleetTrend.MIN_POINTS);
        put("max_trend_points", FleetTrend.MAX_POINTS);
        put("backtest_hours", (int) RestLimits.DEFAULT_BACKTEST_HOURS);
        put("max_backtest_hours", (int) RestLimits.MAX_BACKTEST_HOURS);
        put("max_alerts_per_week", (int) BacktestRequest.DEFAULT_MAX_PER_WEEK);
        put("check_interval_s", (int) BacktestRequest.DEFAULT_CHECK_EVERY.toSeconds());
        put("max_check_interval_s", (int) RestLimits.MAX_CHECK_INTERVAL_S);
        put("profit_days", RestLimits.DEFAULT_PROFIT_DAYS);
        put("max_profit_days", RestLimits.MAX_PROFIT_DAYS);
        put("active_hours", (int) RestLimits.DEFAULT_ACTIVE_HOURS);
        put(
                "statement_periods",
                Stream.of(StatementPeriod.Kind.values())
                        .map(StatementPeriod.Kind::key)
                        .toList());
        List<@Nullable String> groups = new ArrayList<>();
        Stream.of(StatementRequest.By.values()).map(StatementRequest.By::key).forEach(groups::add);
        put("statement_groups", List.copyOf(groups));
        groups.add(null);
        put("statement_groups_or_null", groups);
        put(
                "waterfall_steps",
                Stream.of(Waterfall.Step.values()).map(Waterfall.Step::key).toList());
        put("max_active_hours", RestLimits.MAX_PROFIT_DAYS * 24);
        unused = new TreeSet<>(figures.keySet());
    }

    /**
     * Puts the figures into the document.
     *
     * @throws IllegalStateException if it names one that there is not, or does not name one that there is
     */
    static void addTo(ObjectNode document) {
        DescriptionFigures figures = new DescriptionFigures();
        figures.fill(document);
        if (!figures.unused.isEmpty()) {
            throw new IllegalStateException("no part of the description names " + figures.unused);
        }
    }

    private void put(String name, Object value) {
        figures.put(name, MAPPER.valueToTree(value));
    }

    private void fill(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(filled(entry.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, filled(array.get(i)));
            }
        }
    }

    private JsonNode filled(JsonNode value) {
        String text = value.textValue();
        if (text == null || text.length() < 2 || text.charAt(0) != MARK) {
            fill(value);
            return value;
        }
        String name = text.substring(1);
        JsonNode figure = figures.get(name);
        if (figure == null) {
            throw new IllegalStateException("the description names " + text + ", which DescriptionFigures lacks");
        }
        unused.remove(name);
        return figure.deepCopy();
    }
}
