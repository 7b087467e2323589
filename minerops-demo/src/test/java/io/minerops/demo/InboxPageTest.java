package io.minerops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.browser.Browser;
import io.minerops.server.support.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InboxPageTest {
    private static Demo demo;

    @RegisterExtension
    static final Browser BROWSER = Browser.before(() -> demo.uri());

    @BeforeAll
    static void start() {
        demo = Demo.start(0, 7, 1, logs -> {});
    }

    @AfterAll
    static void close() {
        demo.close();
    }

    @Test
    void a_message_that_is_sent_arrives_while_the_page_is_open() {
        BROWSER.open("/demo/inbox");

        Client.of(demo.uri()).post("/api/notifications/test", "{\"channel\": \"email\"}");

        BROWSER.eventually(() -> assertThat(BROWSER.texts("#messages summary"))
                .anySatisfy(line -> assertThat(line).contains("mail")));
        BROWSER.click("#messages summary");
        assertThat(BROWSER.text("#messages details[open] pre")).isNotEmpty();
        assertThat(BROWSER.severeFindings()).isEmpty();
        BROWSER.size(Browser.NARROW);
        assertThat(BROWSER.overflow()).isZero();
        BROWSER.screenshot("inbox-narrow");
    }
}
