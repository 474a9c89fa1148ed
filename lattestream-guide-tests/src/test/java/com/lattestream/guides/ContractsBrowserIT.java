package com.lattestream.guides;

import static com.lattestream.testsupport.Chromium.waiting;
import static org.openqa.selenium.support.ui.ExpectedConditions.textToBePresentInElementLocated;

import com.lattestream.testsupport.Chromium;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;

/** The page of docs/contracts.md, in a browser. */
class ContractsBrowserIT {

    @RegisterExtension
    static final Chromium chromium = Chromium.ofSize(900, 700);

    @TempDir
    Path project;

    @Test
    void theCallbackReceivesTheRecord() throws Exception {
        try (GuideApplication application =
                GuideApplication.start(project, ContractsGuide.files(), "com.example.demo.DemoApplication")) {
            application.replace("static/order.js", "localhost:8787", "localhost:" + application.enginePort());
            WebDriver page = chromium.open(application.url() + "/order.html");
            waiting(page).until(textToBePresentInElementLocated(By.tagName("body"), "Waiting."));

            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(application.url() + "/orders/7/shipped"))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.discarding());

            waiting(page).until(textToBePresentInElementLocated(By.tagName("body"), "Order 7 was shipped with DHL."));
        }
    }
}
