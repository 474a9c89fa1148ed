package com.lattestream.guides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Opens pages in Chromium, each with a session of its own, and closes them after each test. */
final class Chromium implements BeforeAllCallback, AfterEachCallback {

    private static final Path BROWSER = Path.of("/usr/bin/chromium");

    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final List<ChromeDriver> open = new ArrayList<>();

    /** Skips the tests if no browser is installed, except in CI. */
    @Override
    public void beforeAll(ExtensionContext context) {
        boolean installed = Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
        assertThat(installed || System.getenv("CI") == null)
                .as("Chromium and its driver are installed where CI runs")
                .isTrue();
        assumeTrue(installed, "Chromium and its driver are not installed (Debian: chromium, chromium-driver)");
    }

    WebDriver open(String url) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=900,700");
        ChromeDriver browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        open.add(browser);
        browser.get(url);
        return browser;
    }

    static WebDriverWait waiting(WebDriver browser) {
        return new WebDriverWait(browser, Duration.ofSeconds(20));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(ChromeDriver::quit);
        open.clear();
    }
}
