package io.minerops.server.rest.form;

import io.minerops.api.internal.Check;
import io.minerops.api.miner.ControlAction;
import io.minerops.server.http.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The body of a command to a miner: {@code action}, with {@code on} for a light and {@code pool} for a pool.
 *
 * @param name the action as the body names it
 * @param action the action
 * @param who the user, for the event
 */
public record ControlForm(String name, ControlAction action, String who) {
    /** The fields of the body. */
    public static final List<String> FIELDS = List.of("action", "on", "pool", "user");

    private static final int MAX_NAME = 100;
    private static final Map<String, Function<Fields, @Nullable ControlAction>> ACTIONS = actions();

    /**
     * Reads the body.
     *
     * @param tokenName name of the token; null if none is required
     * @throws io.minerops.server.http.HttpFailure 400 with all that is wrong with it
     */
    public static ControlForm of(Fields body, @Nullable String tokenName) {
        body.require("action");
        String[] name = new String[1];
        ControlAction[] action = new ControlAction[1];
        body.choice("action", ACTIONS, reader -> action[0] = reader.apply(body));
        body.requiredText("action", given -> name[0] = given);
        String user = user(body);
        body.check();
        String by = tokenName == null ? "API" : tokenName;
        return new ControlForm(name[0], action[0], user == null ? by : user + " (" + by + ")");
    }

    private static Map<String, Function<Fields, @Nullable ControlAction>> actions() {
        Map<String, Function<Fields, @Nullable ControlAction>> actions = new LinkedHashMap<>();
        actions.put("restart", body -> {
            refuse(body, "on", "led");
            refuse(body, "pool", "switch_pool");
            return new ControlAction.Restart();
        });
        actions.put("led", ControlForm::led);
        actions.put("switch_pool", ControlForm::switchPool);
        return actions;
    }

    private static @Nullable ControlAction led(Fields body) {
        refuse(body, "pool", "switch_pool");
        body.require("on");
        ControlAction[] led = new ControlAction[1];
        body.flag("on", on -> led[0] = new ControlAction.Led(on));
        return led[0];
    }

    private static @Nullable ControlAction switchPool(Fields body) {
        refuse(body, "on", "led");
        body.require("pool");
        ControlAction[] switched = new ControlAction[1];
        body.requiredNumber("pool", pool -> {
            if (pool != Math.rint(pool)) {
                body.problem("pool", "pool must be a whole number, not " + pool);
            } else {
                Check.between("pool", pool, 0, ControlAction.SwitchPool.MAX_POOLS);
                switched[0] = new ControlAction.SwitchPool(pool.intValue());
            }
        });
        return switched[0];
    }

    private static void refuse(Fields body, String field, String action) {
        if (body.has(field)) {
            body.problem(field, field + " is for action " + action + " alone");
        }
    }

    private static @Nullable String user(Fields body) {
        String user = body.text("user");
        if (user != null && (user.length() > MAX_NAME || user.chars().anyMatch(Character::isISOControl))) {
            body.problem("user", "user must have at most " + MAX_NAME + " characters and no control characters");
        }
        return user;
    }
}
