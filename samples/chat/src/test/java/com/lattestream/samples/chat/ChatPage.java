package com.lattestream.samples.chat;

import com.lattestream.testsupport.Chromium;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page of the chat in a browser, used through its visible elements. */
final class ChatPage {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ChromeDriver browser;

    private final String address;

    private ChatPage(ChromeDriver browser, String address) {
        this.browser = browser;
        this.address = address;
        // records the frames of the page's sockets, which the page does not expose
        browser.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                window.heard = [];
                window.sockets = [];
                window.WebSocket = class extends WebSocket {
                  constructor(...to) {
                    super(...to);
                    sockets.push(this);
                    this.addEventListener("message", ({ data }) => heard.push(data));
                  }
                };
                """));
    }

    /** Starts a browser for the chat on a port. */
    static ChatPage open(Chromium chromium, int port) {
        return new ChatPage(chromium.start(), "http://localhost:" + port + "/");
    }

    ChatPage logIn(String name) {
        return tryToLogIn(name, "latte").awaitConnected();
    }

    ChatPage tryToLogIn(String name, String password) {
        browser.get(address);
        type(By.id("username"), name);
        type(By.id("password"), password);
        return click(By.cssSelector("#log-in button"));
    }

    ChatPage signUp(String name) {
        return tryToSignUp(name, "a password").awaitConnected();
    }

    ChatPage tryToSignUp(String name, String password) {
        browser.get(address);
        click(By.tagName("summary"));
        type(By.id("new-name"), name);
        type(By.id("new-password"), password);
        return click(By.cssSelector("#sign-up button"));
    }

    ChatPage awaitConnected() {
        return awaitText(By.id("state"), "Connected");
    }

    ChatPage enter(String room) {
        click(By.xpath("//nav//a[span[1]='" + room + "']"));
        return awaitText(By.id("room-name"), room);
    }

    ChatPage openRoom(String name) {
        click(By.id("new-room"));
        type(By.id("new-room-name"), name);
        click(By.cssSelector("#room-form .primary"));
        return awaitText(By.id("room-name"), name);
    }

    ChatPage invite(String name) {
        type(By.id("guest"), name);
        click(By.cssSelector("#invite button"));
        return await(() -> find(By.id("guest")).getDomProperty("value").isEmpty(), "an invitation of " + name);
    }

    ChatPage type(String text) {
        find(By.id("text")).sendKeys(text);
        return this;
    }

    ChatPage say(String text) {
        return type(text + Keys.ENTER);
    }

    ChatPage press(CharSequence... keys) {
        browser.switchTo().activeElement().sendKeys(keys);
        return this;
    }

    List<String> messages() {
        return texts(By.cssSelector("#messages .text"));
    }

    ChatPage awaitMessage(String text) {
        return await(() -> messages().contains(text), "the message " + text);
    }

    /** Waits until the message of this user is stored. */
    ChatPage awaitSent(String text) {
        return await(
                () -> texts(By.cssSelector("#messages [data-id] .text")).contains(text),
                "being told that the message was stored: " + text);
    }

    ChatPage awaitNote(String text) {
        return await(() -> texts(By.className("note")).contains(text), "the note " + text);
    }

    ChatPage awaitHere(String... names) {
        return await(
                () -> texts(By.cssSelector("#members .here .name")).equals(List.of(names)),
                "exactly these to be here: " + List.of(names));
    }

    ChatPage awaitAway(String... names) {
        return await(
                () -> texts(By.cssSelector("#members .away .name")).equals(List.of(names)),
                "exactly these to be away: " + List.of(names));
    }

    List<String> rooms() {
        return texts(By.cssSelector("#rooms a span:first-of-type"));
    }

    ChatPage awaitText(By what, String text) {
        return await(() -> find(what).getText().equals(text), "'" + text + "' in " + what);
    }

    String text(By what) {
        return find(what).getText();
    }

    ChatPage awaitShown(By what) {
        return await(() -> browser.findElements(what).stream().anyMatch(WebElement::isDisplayed), what + " shown");
    }

    ChatPage awaitHidden(By what) {
        return await(() -> browser.findElements(what).stream().noneMatch(WebElement::isDisplayed), what + " hidden");
    }

    String title() {
        return browser.getTitle();
    }

    ChatPage open(String url) {
        browser.get(url);
        return this;
    }

    /** Runs a script, and waits until it calls its last argument, which it does with the result. */
    Object runUntilDone(String script) {
        return browser.executeAsyncScript(script);
    }

    Object run(String script, Object... arguments) {
        return browser.executeScript(script, arguments);
    }

    /** Posts as the page does, and returns the status of the response. */
    long post(String path, Map<String, ?> body) {
        return (long) browser.executeAsyncScript("""
                const [path, body, done] = arguments;
                import("/assets/api.js")
                  .then(({ csrfHeaders }) => ({ "Content-Type": "application/json", ...csrfHeaders() }))
                  .then((headers) => fetch(path, { method: "POST", headers, body: JSON.stringify(body) }))
                  .then(({ status }) => done(status));
                """, path, body);
    }

    long get(String path) {
        return (long)
                browser.executeAsyncScript("fetch(arguments[0]).then(({ status }) => arguments[1](status))", path);
    }

    /** Returns the frames that the page's sockets have received. */
    @SuppressWarnings("unchecked")
    List<String> heard() {
        return (List<String>) run("return heard");
    }

    String socketId() {
        return heard().stream()
                .filter(frame -> frame.contains("connection_established"))
                .map(frame -> frame.replaceAll(".*\"socket_id\":\"([^\"]+)\".*", "$1"))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /** Returns the errors of the browser's console, such as violations of the page's security policy. */
    List<String> complaints() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    ChatPage offline(boolean offline) {
        browser.executeCdpCommand("Network.enable", Map.of());
        browser.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
        return this;
    }

    /** Closes the page's sockets, as a network that fails does. */
    ChatPage reconnect() {
        run("sockets.forEach((socket) => socket.close())");
        return this;
    }

    ChatPage deleteCookie(String name) {
        browser.manage().deleteCookieNamed(name);
        return this;
    }

    ChatPage size(int width, int height, double scale) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", false));
        return this;
    }

    ChatPage colorScheme(String scheme) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    /** Stores a screenshot as soon as all animations have ended. */
    byte[] picture(String name) {
        browser.executeAsyncScript("""
                const moving = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
                const done = arguments[0];
                Promise.allSettled(moving.map(({ finished }) => finished)).then(() => requestAnimationFrame(done));
                """);
        try {
            byte[] png = browser.getScreenshotAs(OutputType.BYTES);
            Files.write(
                    Files.createDirectories(Path.of("target", "screenshots")).resolve(name + ".png"), png);
            return png;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    ChatPage click(By what) {
        awaitShown(what);
        find(what).click();
        return this;
    }

    private void type(By what, String text) {
        awaitShown(what);
        find(what).sendKeys(text);
    }

    private WebElement find(By what) {
        return browser.findElement(what);
    }

    private List<String> texts(By what) {
        return browser.findElements(what).stream().map(WebElement::getText).toList();
    }

    private ChatPage await(Supplier<Boolean> seen, String what) {
        new WebDriverWait(browser, TIMEOUT, Duration.ofMillis(100))
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> "There should have been " + what + ", but on the page is:\n"
                        + run("return document.body.innerText") + "\nand in the console:\n" + complaints())
                .until(driver -> seen.get());
        return this;
    }
}
