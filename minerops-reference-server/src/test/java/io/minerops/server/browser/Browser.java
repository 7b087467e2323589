package io.minerops.server.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * Chromium before a server, from the first test of a class to its last. After each test it holds that no request left
 * the server and that the console is clean, unless the test said that it would not be.
 */
public final class Browser implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;

    /** As wide as a telephone. */
    public static final int NARROW = 390;

    private final Supplier<URI> server;
    private ChromeDriver driver;
    private Traffic traffic;
    private final List<Runnable> afterwards = new ArrayList<>();
    private boolean complaintsExpected;

    private Browser(Supplier<URI> server) {
        this.server = server;
    }

    /** A browser before the server that listens there by then. */
    public static Browser before(Supplier<URI> server) {
        return new Browser(server);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        driver = Chromium.start();
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        traffic = new Traffic(driver);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        complaintsExpected = false;
        driver.get("about:blank");
        traffic.forget();
        size(WIDTH);
        dark(false);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        afterwards.forEach(Runnable::run);
        afterwards.clear();
        if (context.getExecutionException().isPresent()) {
            screenshot("failed-" + context.getRequiredTestMethod().getName());
        }
        assertThat(traffic.requests())
                .allSatisfy(url -> assertThat(url)
                        .matches(own -> own.startsWith(server.get() + "/")
                                || own.startsWith("data:")
                                || own.equals("about:blank")));
        if (!complaintsExpected) {
            assertThat(traffic.complaints()).isEmpty();
        }
        // a test that wrote into the storage of the tab or of the browser must not be seen by the next test
        run("if (location.protocol === 'http:') { sessionStorage.clear(); localStorage.clear(); }");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (driver != null) {
            driver.quit();
        }
    }

    /** Opens a page and waits until it has shown its figures. */
    public void open(String path) {
        openUnsettled(path);
        settled();
    }

    /** Opens a page that may show no figures. */
    void openUnsettled(String path) {
        // an address that differs behind the # alone would not be loaded again
        driver.get("about:blank");
        driver.get(server.get() + path);
    }

    /** Logs in, unless this browser has a session; ends on the first page. */
    void logIn(String token) {
        openUnsettled("/login");
        eventually(() -> assertThat(elements("#login-token, #header nav")).isNotEmpty());
        if (!elements("#login-token").isEmpty()) {
            type("#login-token", token);
            click("#login-submit");
        }
        settled();
    }

    /** Forgets every session. */
    void forgetCookies() {
        driver.manage().deleteAllCookies();
    }

    /** Waits until the page has shown its figures. */
    void settled() {
        eventually(() -> assertThat(text(".updated")).startsWith("updated"));
    }

    /** Waits until what is said holds; a page draws parts of itself again at any time. */
    public void eventually(Runnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            try {
                assertion.run();
            } catch (StaleElementReferenceException | org.openqa.selenium.NoSuchElementException e) {
                throw new AssertionError("the page is being drawn", e);
            }
        });
    }

    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> elements(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The text of the first match, as it is shown. */
    public String text(String selector) {
        return element(selector).getText();
    }

    /** The texts of all matches, read at one moment. */
    @SuppressWarnings("unchecked") // the script gives a list of texts
    public List<String> texts(String selector) {
        return (List<String>) run(
                "return [...document.querySelectorAll(arguments[0])].map((found) => found.innerText.trim())", selector);
    }

    /** Clicks as a person would; waits until it can be done. */
    public void click(String selector) {
        eventually(() -> {
            try {
                element(selector).click();
            } catch (org.openqa.selenium.ElementNotInteractableException e) {
                throw new AssertionError(selector + " cannot be clicked yet", e);
            }
        });
    }

    /** Types into a field, in place of what it holds. */
    void type(String selector, String text) {
        WebElement field = element(selector);
        field.clear();
        field.sendKeys(text);
    }

    /** Presses a key wherever the focus is. */
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** The element that has the focus. */
    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Chooses an option of a select by its value. */
    void choose(String selector, String value) {
        element(selector + " option[value=\"" + value + "\"]").click();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Makes the window that wide, px. */
    public void size(int width) {
        size(width, HEIGHT);
    }

    private void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    private void announce(String command, Map<String, Object> parameters) {
        driver.executeCdpCommand(command, parameters);
    }

    /** Lets the timers of the pages that this test opens from now on run that many times as fast. */
    void hurry(int factor) {
        String script =
                "const slow = setTimeout; window.setTimeout = (f, ms, ...a) => slow(f, ms / " + factor + ", ...a)";
        Object id = driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
                .get("identifier");
        afterwards.add(() -> announce("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id)));
    }

    /** Lets nothing of the server through whose path matches, until this test has ended or lets it through. */
    void block(String path) {
        announce("Network.enable", Map.of());
        announce("Network.setBlockedURLs", Map.of("urls", List.of("*" + path)));
        afterwards.add(this::unblock);
    }

    void unblock() {
        announce("Network.setBlockedURLs", Map.of("urls", List.of()));
    }

    /** Every address requested in this test. */
    List<String> requests() {
        return traffic.requests();
    }

    /** The console may complain in this test, such as of a server that is gone. */
    void complaintsAreExpected() {
        complaintsExpected = true;
    }

    public List<String> severeFindings() {
        return Axe.severeFindings(driver);
    }

    /** How much wider the page is than the window, px. */
    public long overflow() {
        return (Long) run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** Keeps a picture of the whole page under target/screenshots. */
    public void screenshot(String name) {
        int width = Math.toIntExact((Long) run("return innerWidth"));
        size(width, Math.toIntExact((Long) run("return document.documentElement.scrollHeight")));
        // a chart is drawn again in the frame after the one in which its size changed
        driver.executeAsyncScript("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() =>"
                + " setTimeout(done)))");
        Map<String, Object> picture = driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"));
        size(width);
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode((String) picture.get("data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
