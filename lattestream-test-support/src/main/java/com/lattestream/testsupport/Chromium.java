package com.lattestream.testsupport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Starts Chromium browsers, each with a profile of its own, and closes them after each test. */
public final class Chromium implements AfterEachCallback {

    private static final Path BROWSER = Path.of("/usr/bin/chromium");

    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final String windowSize;

    private final List<ChromeDriver> open = new ArrayList<>();

    private Chromium(String windowSize) {
        this.windowSize = windowSize;
    }

    /** Creates an extension whose browsers have windows of a size in pixels. */
    public static Chromium ofSize(int width, int height) {
        return new Chromium(width + "," + height);
    }

    /** Skips the test if no browser is installed, except in CI. */
    public static void assumeInstalled() {
        boolean installed = Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER);
        Installation.assume(installed, "Chromium and its driver are not installed (Debian: chromium, chromium-driver)");
    }

    /**
     * Starts a browser. It records the page's console; the driver creates a profile for it.
     * @param arguments additional arguments of the command line
     */
    public ChromeDriver start(String... arguments) {
        assumeInstalled();
        LoggingPreferences console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, console);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=" + windowSize);
        options.addArguments(arguments);
        ChromeDriver browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        open.add(browser);
        return browser;
    }

    /** Opens a page in a browser of its own. */
    public ChromeDriver open(String url) {
        ChromeDriver browser = start();
        browser.get(url);
        return browser;
    }

    /** Waits for conditions of a page, for at most 20 seconds each. */
    public static WebDriverWait waiting(WebDriver browser) {
        return new WebDriverWait(browser, TIMEOUT);
    }

    /** Closes all browsers. */
    public void close() {
        open.forEach(ChromeDriver::quit);
        open.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }
}
