package com.lattestream.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Opens browsers, each with a session of its own, and closes them after each test. */
final class Chromium implements BeforeAllCallback, AfterEachCallback {

    private static final Path BROWSER = Path.of("/usr/bin/chromium");

    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final List<ChromeDriver> open = new ArrayList<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        boolean installed = Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
        assertThat(installed || System.getenv("CI") == null)
                .as("Chromium and its driver are installed where CI runs")
                .isTrue();
        assumeTrue(installed, "Chromium and its driver are not installed (Debian: chromium, chromium-driver)");
    }

    ChatPage open(int port) {
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.setCapability("goog:loggingPrefs", console);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1240,800");
        // without a folder named, the driver gives each browser a fresh profile
        ChromeDriver browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        open.add(browser);
        return new ChatPage(browser, "http://localhost:" + port + "/");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(ChromeDriver::quit);
        open.clear();
    }
}
