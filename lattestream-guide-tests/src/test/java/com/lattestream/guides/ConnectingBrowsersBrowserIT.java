package com.lattestream.guides;

import static com.lattestream.testsupport.Chromium.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.guides.browsers.BrowsersApplication;
import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.testsupport.Chromium;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The JavaScript of the page docs/connecting-browsers.md that uses the protocol directly. */
@SpringBootTest(classes = BrowsersApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@EmbeddedLatteStream
@Import(ConnectingBrowsersBrowserIT.Pages.class)
class ConnectingBrowsersBrowserIT {

    private static final String SUBSCRIBED = "lattestream_internal:subscription_succeeded";

    @RegisterExtension
    static final Chromium chromium = Chromium.ofSize(900, 700);

    @LocalServerPort
    int port;

    @Autowired
    LatteStreamTemplate latteStream;

    @Autowired
    EmbeddedLatteStreamServer engine;

    private WebDriver page;

    @BeforeEach
    void openPageOfAlice() {
        page = open("alice");
        awaitCount(page, SUBSCRIBED, 2);
    }

    @Test
    void eventsOfPublicAndOfAuthorizedChannelsAreDisplayed() {
        latteStream.trigger("news", "article", Map.of("title", "For all"));
        latteStream.trigger("private-user-alice", "greeting", Map.of("text", "For Alice"));

        awaitCount(page, "article {\"title\":\"For all\"}", 1);
        awaitCount(page, "greeting {\"text\":\"For Alice\"}", 1);
    }

    @Test
    void theListenerOfARefusedChannelReceivesTheReason() {
        awaitCount(page, "lattestream:subscription_error {\"message\":\"403 from /auth\"}", 1);
        assertThat(latteStream.getChannels("private-")).containsOnlyKeys("private-user-alice");
    }

    @Test
    void theAuthorizationRequiresTheTokenOfTheCookie() {
        String request = """
                const response = await fetch("/auth", {
                    method: "POST",
                    headers: { "Content-Type": "application/json", ...(arguments[0] ? csrf() : {}) },
                    body: JSON.stringify({ socket_id: connection.socketId, channel_name: "private-user-alice" }),
                });
                return response.status;
                """;

        assertThat(script(page, request, false)).isEqualTo(403L);
        assertThat(script(page, request, true)).isEqualTo(200L);
    }

    @Test
    void afterALossThePageReconnectsAndRepeatsItsSubscriptions() {
        Object before = script(page, "return connection.socketId");

        engine.dropConnections();

        awaitCount(page, SUBSCRIBED, 4);
        assertThat(script(page, "return connection.socketId")).isNotNull().isNotEqualTo(before);
        latteStream.trigger("private-user-alice", "greeting", Map.of("text", "Again"));
        awaitCount(page, "greeting {\"text\":\"Again\"}", 1);
    }

    @Test
    void theSenderIsExcluded() {
        WebDriver other = open("bob");
        awaitCount(other, SUBSCRIBED, 2);

        script(page, "await send()");

        awaitCount(other, "article {\"title\":\"Hello\"}", 1);
        latteStream.trigger("news", "next", Map.of());
        awaitCount(page, "next {}", 1);
        assertThat(text(page)).doesNotContain("article");
    }

    private WebDriver open(String user) {
        WebDriver opened = chromium.open("http://localhost:" + port + "/page");
        opened.findElement(By.id("username")).sendKeys(user);
        opened.findElement(By.id("password")).sendKeys("latte");
        opened.findElement(By.cssSelector("button[type=submit]")).click();
        return opened;
    }

    private static void awaitCount(WebDriver page, String text, int count) {
        waiting(page)
                // the login page is being replaced
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> count + " times '" + text + "' in: " + text(page))
                .until(shown -> text(shown).split(Pattern.quote(text), -1).length - 1 == count);
    }

    private static String text(WebDriver page) {
        return page.findElement(By.tagName("body")).getText();
    }

    private static Object script(WebDriver page, String body, Object... arguments) {
        return ((JavascriptExecutor) page)
                .executeScript("return (async function () {" + body + "}).apply(null, arguments)", arguments);
    }

    @RestController
    static class Pages {

        private final Guide guide = Guide.named("connecting-browsers.md");

        Pages() throws IOException {}

        @GetMapping(value = "/page", produces = "text/html")
        String page() {
            return "<!doctype html><link rel=icon href=data:,><script type=module src=/page.js></script>";
        }

        @GetMapping(value = "/realtime.js", produces = "text/javascript")
        String module() {
            return guide.files().get("realtime.js");
        }

        @GetMapping(value = "/page.js", produces = "text/javascript")
        String script() {
            return block("import { connect }") + "Object.assign(window, { connection, csrf });"
                    + "window.send = async () => {" + block("X-Socket-ID") + "};";
        }

        private String block(String part) {
            return guide.blocks("javascript").stream()
                    .filter(block -> block.contains(part))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
