package com.lattestream.guides;

import static com.lattestream.testsupport.Chromium.waiting;
import static org.openqa.selenium.support.ui.ExpectedConditions.elementToBeClickable;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBe;

import com.lattestream.testsupport.Chromium;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;

/** The application of the page docs/getting-started.md, built from its files. */
class GettingStartedBrowserIT {

    @RegisterExtension
    static final Chromium chromium = Chromium.ofSize(900, 700);

    @TempDir
    static Path project;

    private static GuideApplication application;

    private static String url;

    @BeforeAll
    static void followTheGuide() throws IOException {
        Map<String, String> files = Guide.named("getting-started.md").files();
        application = GuideApplication.start(project, files, "com.example.demo.DemoApplication");
        application.replace("static/index.html", "localhost:8787", "localhost:" + application.enginePort());
        url = application.url();
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            application.close();
        }
    }

    @Test
    void theButtonSendsTheMessageToThePage() {
        WebDriver page = chromium.open(url);

        clickSend(page);

        waiting(page).until(textToBe(By.cssSelector("#messages li"), "Hello"));
    }

    @Test
    void allWindowsDisplayTheMessageOfCurl() throws Exception {
        WebDriver first = chromium.open(url);
        WebDriver second = chromium.open(url);
        waiting(first).until(elementToBeClickable(By.id("send")));
        waiting(second).until(elementToBeClickable(By.id("send")));

        curl();

        waiting(first).until(textToBe(By.cssSelector("#messages li"), "Hello from curl"));
        waiting(second).until(textToBe(By.cssSelector("#messages li"), "Hello from curl"));
    }

    private static void clickSend(WebDriver page) {
        By button = By.xpath("//button[text()='Send']");
        waiting(page).until(elementToBeClickable(button));
        page.findElement(button).click();
    }

    /** Sends the request of the command in the guide. */
    private static void curl() throws Exception {
        MatchResult command = Pattern.compile(
                        "^curl -H '(.+?): (.+?)' -d '(.+?)' http://localhost:8080(\\S+)$", Pattern.MULTILINE)
                .matcher(Guide.named("getting-started.md").text())
                .results()
                .findFirst()
                .orElseThrow();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + command.group(4)))
                .header(command.group(1), command.group(2))
                .POST(HttpRequest.BodyPublishers.ofString(command.group(3)))
                .build();
        HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    }
}
