package com.lattestream.samples.quickstart.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.testsupport.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page in a real browser. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@EmbeddedLatteStream
class QuickstartBrowserIT {

    @RegisterExtension
    final Chromium chromium = Chromium.ofSize(800, 700);

    @LocalServerPort
    int port;

    @Autowired
    LatteStreamTemplate latteStream;

    private ChromeDriver browser;

    @BeforeEach
    void openPage() {
        browser = chromium.open("http://localhost:" + port + "/");
        waiting().until(ExpectedConditions.textToBe(By.id("state"), "Connected"));
    }

    @Test
    void showsEachMessageAsItArrives() throws IOException {
        latteStream.trigger("chat", "message", Map.of("text", "Hello from the backend", "at", Instant.now()));
        waiting()
                .until(ExpectedConditions.textToBe(
                        By.cssSelector("#messages li:last-child span"), "Hello from the backend"));

        browser.findElement(By.id("text")).sendKeys("Hello from the form");
        browser.findElement(By.tagName("button")).click();
        waiting()
                .until(ExpectedConditions.textToBe(
                        By.cssSelector("#messages li:last-child span"), "Hello from the form"));

        assertThat(browser.findElement(By.id("text")).getDomProperty("value")).isEmpty();
        screenshot("messages");
    }

    @Test
    void showsMarkupAsText() {
        String markup = "<img src=x onerror=\"document.title='owned'\">";

        latteStream.trigger("chat", "message", Map.of("text", markup, "at", Instant.now()));

        waiting().until(ExpectedConditions.textToBe(By.cssSelector("#messages li:last-child span"), markup));
        assertThat(browser.getTitle()).isEqualTo("LatteStream Quickstart");
        assertThat(browser.findElements(By.tagName("img"))).isEmpty();
    }

    @Test
    void keepsTheFormInSightHoweverManyMessagesThereAre() {
        for (int i = 1; i <= 40; i++) {
            latteStream.trigger("chat", "message", Map.of("text", "Message " + i, "at", Instant.now()));
        }
        waiting().until(ExpectedConditions.textToBe(By.cssSelector("#messages li:last-child span"), "Message 40"));

        Object inSight = browser.executeScript("""
                const bottom = (selector) => document.querySelector(selector).getBoundingClientRect().bottom;
                return bottom("#messages li:last-child") <= document.querySelector("form").getBoundingClientRect().top
                    && bottom("form") <= innerHeight;
                """);
        assertThat(inSight).isEqualTo(true);
    }

    private WebDriverWait waiting() {
        return Chromium.waiting(browser);
    }

    private void screenshot(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(folder.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
    }
}
