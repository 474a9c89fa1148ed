package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.PresenceMember;
import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.testsupport.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The console in Chromium. */
class ConsoleBrowserIT {

    private static final By FIRST_TITLE = By.cssSelector(".row[aria-posinset='1'] .title");

    @RegisterExtension
    final Chromium chromium = Chromium.ofSize(1280, 940);

    private EmbeddedLatteStreamServer engine;

    private ChromeDriver browser;

    @BeforeEach
    void openPage() {
        engine = EmbeddedLatteStreamServer.builder().maxBatchSize(100).start();
        browser = chromium.start();
        browser.get(engine.consoleUrl());
        waitForText(By.id("link"), "Live");
    }

    @AfterEach
    void closeBrowser() {
        engine.close();
    }

    @Test
    void eventOfTheFormIsShownInTheFeedAndDeliveredToSubscribers() {
        try (TestSocket subscriber = TestSocket.subscribe(engine, "chat")) {
            waitForText(By.cssSelector("#channel-list .plain"), "chat");
            fillIn("channel", "chat");
            fillIn("event", "greeting");
            fillIn("data", "{\"text\":\"Hello\",\"big\":12345678901234567890}");
            browser.findElement(By.id("send")).click();

            waitForText(By.id("outcome"), "Accepted, for 1 socket.");
            waitForText(FIRST_TITLE, "greeting");
            assertThat(subscriber.nextEvent()).isEqualTo("greeting");

            browser.findElement(FIRST_TITLE).click();
            assertThat(text("detail-title")).isEqualTo("Event: greeting");
            assertThat(text("payload")).isEqualTo("{\n  \"text\": \"Hello\",\n  \"big\": 12345678901234567890\n}");
        }
        assertBrowserLogIsEmpty();
    }

    @Test
    void formShowsErrors() {
        fillIn("channel", "no spaces");
        fillIn("event", "greeting");
        browser.findElement(By.id("send")).click();
        waiting().until(ExpectedConditions.textToBePresentInElementLocated(By.id("outcome"), "Rejected: "));
        assertThat(text("outcome")).contains("no spaces");

        fillIn("data", "{oops");
        browser.findElement(By.id("send")).click();
        waiting().until(ExpectedConditions.textToBePresentInElementLocated(By.id("outcome"), "Not valid JSON"));
        assertThat(engine.events()).isEmpty();
    }

    @Test
    void markupIsDisplayedAsText() {
        String markup = "<img src=x onerror=\"document.title='owned'\">";
        SignedCall.trigger(
                engine, "chat", markup, SignedCall.json().put("m", markup).toString());

        waitForRows(2);
        browser.findElement(By.cssSelector(".row[data-kind='event']")).click();

        assertThat(text("detail-title")).isEqualTo("Event: " + markup);
        assertThat(browser.findElements(By.cssSelector("#feed img"))).isEmpty();
        assertThat(browser.getTitle()).isEqualTo("LatteStream engine");
        assertBrowserLogIsEmpty();
    }

    @Test
    void feedIsFilteredByKindAndText() {
        SignedCall.trigger(engine, "orders", "shipped", "{\"id\":7}");
        SignedCall.trigger(engine, "chat", "message", "{\"text\":\"Hello\"}");
        waitForRows(4);

        browser.findElement(By.cssSelector("#kinds input[value='call']")).sendKeys(Keys.SPACE);
        waitForRows(2);
        assertThat(titles()).containsExactly("message", "shipped");

        fillIn("filter", "ORDERS");
        waitForRows(1);
        assertThat(titles()).containsExactly("shipped");
        SignedCall.trigger(engine, "chat", "message", "1");
        SignedCall.trigger(engine, "orders", "returned", "1");
        waitForText(FIRST_TITLE, "returned");
        assertThat(titles()).containsExactly("returned", "shipped");

        fillIn("filter", "nothing has this");
        waitForRows(0);
        assertThat(text("empty")).isEqualTo("No entries match the filter.");
    }

    @Test
    void keyPausesAndResumesTheFeed() {
        SignedCall.trigger(engine, "chat", "first", "1");
        waitForRows(2);

        browser.findElement(By.id("list")).sendKeys("p");
        waitForText(By.id("link"), "Paused");
        SignedCall.trigger(engine, "chat", "second", "1");
        waitForText(By.id("notice"), "Paused, 2 waiting.");
        assertThat(titles()).doesNotContain("second");

        browser.findElement(By.id("list")).sendKeys("p");
        waitForRows(4);
        assertThat(titles()).contains("first", "second");
        assertThat(browser.findElement(By.id("notice")).isDisplayed()).isFalse();
    }

    @Test
    void feedIsNavigatedByKeyboard() {
        SignedCall.trigger(engine, "chat", "first", "1");
        SignedCall.trigger(engine, "chat", "second", "{\"n\":2}");
        waitForRows(4);
        WebElement list = browser.findElement(By.id("list"));

        list.sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN);
        assertThat(text("detail-title")).isEqualTo("Event: second");
        waiting()
                .until(open -> browser.findElement(By.id(list.getDomAttribute("aria-activedescendant")))
                        .getAccessibleName()
                        .startsWith("Event second chat"));

        list.sendKeys(Keys.END);
        assertThat(text("detail-title")).isEqualTo("Event: first");
        list.sendKeys(Keys.ESCAPE);
        assertThat(browser.findElement(By.id("detail")).isDisplayed()).isFalse();

        list.sendKeys("/");
        assertThat(browser.switchTo().activeElement().getDomAttribute("id")).isEqualTo("filter");
    }

    @Test
    void clearAffectsThisPageOnly() {
        SignedCall.trigger(engine, "chat", "first", "1");
        waitForRows(2);

        browser.findElement(By.id("clear")).click();
        waitForRows(0);
        SignedCall.trigger(engine, "chat", "second", "1");
        waitForRows(2);

        assertThat(titles()).doesNotContain("first");
        assertThat(engine.events()).hasSize(2);
    }

    @Test
    void pageShowsDisconnectionAndReconnects() {
        SignedCall.trigger(engine, "chat", "before", "1");
        waitForRows(2);
        engine.close();
        waitForText(By.id("link"), "Disconnected, reconnecting …");

        engine = EmbeddedLatteStreamServer.builder().port(engine.port()).start();
        waitForText(By.id("link"), "Live");
        SignedCall.trigger(engine, "chat", "after", "1");
        waitForRows(5);

        assertThat(titles()).contains("before", "after", "Connected to another engine");
        fillIn("channel", "chat");
        fillIn("event", "greeting");
        browser.findElement(By.id("send")).click();
        waitForText(By.id("outcome"), "Accepted, for 0 sockets.");
    }

    @Test
    void pageStaysResponsiveWithTenThousandEventsInTenSeconds() throws Exception {
        browser.executeScript("""
                window.longest = 0;
                let last = performance.now();
                (function frame(now) {
                    window.longest = Math.max(window.longest, now - last);
                    last = now;
                    requestAnimationFrame(frame);
                })(last);
                """);
        AtomicInteger sent = new AtomicInteger();
        ScheduledExecutorService load = Executors.newSingleThreadScheduledExecutor();
        load.scheduleAtFixedRate(
                () -> {
                    if (sent.get() < 10_000) {
                        SignedCall.post(engine, "/batch_events", batch(sent.getAndAdd(100), 100))
                                .send();
                    }
                },
                0,
                100,
                TimeUnit.MILLISECONDS);
        try {
            waiting().until(open -> sent.get() >= 2_000);
            long start = System.nanoTime();
            browser.findElement(By.id("list")).sendKeys(Keys.ARROW_DOWN);
            waiting().until(ExpectedConditions.visibilityOfElementLocated(By.id("detail")));
            browser.findElement(By.id("close")).click();
            fillIn("filter", "tick 1");
            waiting().until(open -> titles().stream().allMatch(title -> title.startsWith("tick 1")));
            browser.findElement(By.id("filter")).sendKeys(Keys.BACK_SPACE);
            Duration responseTime = Duration.ofNanos(System.nanoTime() - start);
            assertThat(sent)
                    .as("events so far, while there was something to do")
                    .hasValueLessThan(10_000);

            waiting().until(open -> sent.get() >= 10_000);
            waiting().until(open -> titles().contains("tick 9999"));
            Number longest = (Number) browser.executeScript("return window.longest");
            System.out.printf(
                    "console: 10000 events in 10 s, longest time without a picture %d ms, five actions in %d ms%n",
                    longest.longValue(), responseTime.toMillis());

            assertThat(responseTime).isLessThan(Duration.ofSeconds(5));
            assertThat(longest.longValue()).isLessThan(1_500);
            assertThat(browser.findElements(By.cssSelector("#rows > *"))).hasSizeLessThan(80);
            assertThat(browser.findElement(By.id("notice")).isDisplayed()).isFalse();
        } finally {
            load.shutdownNow();
        }
    }

    @Test
    void pageIsReadableInLightAndDarkModeAndOnAPhone() throws IOException {
        try (TestSocket alice = TestSocket.subscribe(engine, "orders");
                TestSocket bob = TestSocket.subscribe(engine, "orders")) {
            enter(alice, "alice");
            enter(bob, "bob");
            alice.send("{\"event\":\"client-typing\",\"channel\":\"presence-room-1\",\"data\":{\"name\":\"Alice\"}}");
            SignedCall.post(engine, "/events", "{}")
                    .header("Authorization", "lsk_other")
                    .send();
            SignedCall.trigger(
                    engine,
                    "orders",
                    "shipped",
                    "{\"id\":7,\"carrier\":\"DHL\",\"express\":true,\"lines\":[{\"sku\":\"A-113\",\"count\":2}]}");
            SignedCall.trigger(
                    engine, "presence-room-1", "message", "{\"from\":\"alice\",\"text\":\"Shall we meet at nine?\"}");
            waitForText(By.cssSelector("#channel-list li:last-child .chips li:last-child"), "bob");
            waiting().until(open -> titles().contains("message"));

            for (String scheme : List.of("light", "dark")) {
                emulate(
                        "Emulation.setEmulatedMedia",
                        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
                screenshot("console-" + scheme);
                browser.findElement(By.xpath("//*[@data-kind='event'][*[@class='title']='shipped']"))
                        .click();
                screenshot("console-" + scheme + "-detail");
                browser.findElement(By.id("close")).click();
                emulate(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
                screenshot("console-" + scheme + "-narrow");
                assertThat(browser.executeScript("return document.documentElement.scrollWidth"))
                        .isEqualTo(360L);
                assertThat(insufficientContrast())
                        .as("elements with insufficient contrast in " + scheme)
                        .isEmpty();
                emulate("Emulation.clearDeviceMetricsOverride", Map.of());
                assertThat(insufficientContrast())
                        .as("elements with insufficient contrast in " + scheme)
                        .isEmpty();
            }
        }
        assertBrowserLogIsEmpty();
    }

    @Test
    void everyControlHasAnAccessibleName() {
        Object nameless = browser.executeScript("""
                return [...document.querySelectorAll("button, input, textarea, section, [role=listbox], nav, aside")]
                    .filter((node) => !node.hasAttribute("aria-label") && !node.hasAttribute("aria-labelledby")
                        && !node.labels?.length && !(node.tagName === "BUTTON" && node.textContent.trim()))
                    .map((node) => node.outerHTML);
                """);

        assertThat(nameless).isEqualTo(List.of());
        assertThat(browser.findElements(By.cssSelector("header, main, footer, nav, aside, h1")))
                .hasSize(6);
    }

    // text with a contrast of less than 4.5 to 1
    private List<?> insufficientContrast() {
        return (List<?>) browser.executeScript("""
                const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
                const rgba = (color) => {
                    canvas.clearRect(0, 0, 1, 1);
                    canvas.fillStyle = color;
                    canvas.fillRect(0, 0, 1, 1);
                    return canvas.getImageData(0, 0, 1, 1).data;
                };
                const light = (color) => {
                    const [r, g, b] = [...rgba(color)].slice(0, 3).map((part) => part / 255)
                        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
                    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const behind = (node) => {
                    for (let at = node; at; at = at.parentElement) {
                        const color = getComputedStyle(at).backgroundColor;
                        if (rgba(color)[3] > 0) return color;
                    }
                };
                return [...document.querySelectorAll("body *")]
                    .filter((node) => node.checkVisibility() && [...node.childNodes]
                        .some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim()))
                    .map((node) => {
                        const [a, b] = [light(getComputedStyle(node).color), light(behind(node))].sort((x, y) => y - x);
                        return [node.className || node.id || node.tagName, node.textContent, (a + 0.05) / (b + 0.05)];
                    })
                    .filter(([, , contrast]) => contrast < 4.5)
                    .map((found) => found.join(" "));
                """);
    }

    private void enter(TestSocket socket, String user) {
        var authorization = new ChannelSigner(engine.secret())
                .authorizePresenceChannel(socket.socketId(), "presence-room-1", PresenceMember.of(user));
        socket.send(SignedCall.json()
                .put("event", "lattestream:subscribe")
                .set(
                        "data",
                        SignedCall.json()
                                .put("channel", "presence-room-1")
                                .put("auth", authorization.auth())
                                .put("channel_data", authorization.channelData()))
                .toString());
        assertThat(socket.nextEvent()).isEqualTo("lattestream_internal:subscription_succeeded");
    }

    private static String batch(int first, int count) {
        StringBuilder events = new StringBuilder();
        for (int i = first; i < first + count; i++) {
            events.append(i == first ? "" : ",")
                    .append("{\"channel\":\"ticks\",\"name\":\"tick ")
                    .append(i)
                    .append("\",\"data\":\"{\\\"number\\\":")
                    .append(i)
                    .append(",\\\"text\\\":\\\"Something that is about as long as a message\\\"}\"}");
        }
        return "{\"batch\":[" + events + "]}";
    }

    private void emulate(String command, Map<String, Object> parameters) {
        browser.executeCdpCommand(command, parameters);
    }

    private void fillIn(String id, String text) {
        WebElement field = browser.findElement(By.id(id));
        field.clear();
        field.sendKeys(text);
    }

    private String text(String id) {
        return browser.findElement(By.id(id)).getText();
    }

    private List<String> titles() {
        Object titles = browser.executeScript("""
                return [...document.querySelectorAll(".row:not([hidden])")]
                    .sort((a, b) => a.ariaPosInSet - b.ariaPosInSet)
                    .map((row) => row.querySelector(".title").textContent);
                """);
        return ((List<?>) titles).stream().map(String::valueOf).toList();
    }

    private void waitForRows(int number) {
        waiting().until(open -> titles().size() == number);
    }

    private void waitForText(By where, String text) {
        waiting().until(ExpectedConditions.textToBe(where, text));
    }

    private WebDriverWait waiting() {
        return new WebDriverWait(browser, Duration.ofSeconds(20), Duration.ofMillis(50));
    }

    private void assertBrowserLogIsEmpty() {
        assertThat(browser.manage().logs().get(LogType.BROWSER)).isEmpty();
    }

    private void screenshot(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(folder.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }
}
