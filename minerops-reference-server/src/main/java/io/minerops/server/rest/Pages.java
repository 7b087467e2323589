package io.minerops.server.rest;

import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.http.RouteHandler;
import io.minerops.server.http.StaticFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/** The pages, and the files that they are made of; without a session only the files and one page are served. */
public final class Pages {
    private static final String CHART_JS_VERSION = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";

    private Pages() {}

    /** The routes of the pages and of their files. */
    public static List<Route> routes() {
        StaticFiles pages = new StaticFiles("/io/minerops/server/pages/");
        StaticFiles charts = new StaticFiles("/META-INF/resources/webjars/chart.js/" + chartJsVersion() + "/dist/");
        RouteHandler login = pages.file("login.html");
        return List.of(
                Route.get("/", RouteHandler.always(Reply.redirect("/dashboard")))
                        .withoutToken(),
                page("/dashboard", pages, "dashboard.html"),
                page("/dashboard/miners/{ip}", pages, "miner.html"),
                page("/dashboard/alerts", pages, "alerts.html"),
                page("/dashboard/profitability", pages, "profitability.html"),
                page("/dashboard/statement", pages, "statement.html"),
                page("/dashboard/curtailment", pages, "curtailment.html"),
                page("/dashboard/operation", pages, "operation.html"),
                page("/dashboard/api", pages, "api.html"),
                Route.get("/login", request -> request.trusted() ? Reply.redirect("/dashboard") : login.answer(request))
                        .query("next")
                        .withoutToken(),
                Route.get("/favicon.ico", pages.file("icon.svg")).withoutToken(),
                Route.get("/assets/chart.js/{path...}", charts.named("path")).withoutToken(),
                Route.get("/assets/{path...}", pages.named("path")).withoutToken());
    }

    private static Route page(String path, StaticFiles pages, String file) {
        return Route.get(path, pages.file(file)).asPage();
    }

    /** The WebJar keeps its files below its version, which only the build knows. */
    private static String chartJsVersion() {
        try (InputStream in = Pages.class.getResourceAsStream(CHART_JS_VERSION)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + CHART_JS_VERSION);
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + CHART_JS_VERSION + " from the class path", e);
        }
    }
}
