package com.lattestream.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.testsupport.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The pages of the samples and the console of the engine have no violation that axe-core finds. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@EmbeddedLatteStream
class AccessibilityBrowserIT {

    @RegisterExtension
    final Chromium chromium = Chromium.ofSize(1240, 800);

    @LocalServerPort
    int port;

    @Autowired
    EmbeddedLatteStreamServer engine;

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theLoginPage(String scheme) throws IOException {
        ChatPage page = ChatPage.open(chromium, port).colorScheme(scheme);
        page.open("http://localhost:" + port + "/login.html").awaitShown(By.id("username"));

        assertThat(violations(page)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theChat(String scheme) throws IOException {
        ChatPage page =
                ChatPage.open(chromium, port).colorScheme(scheme).logIn("Alice").awaitHere("Alice");
        page.say("Hello").awaitSent("Hello");
        assertThat(violations(page)).isEmpty();

        page.click(By.id("new-room")).awaitShown(By.id("new-room-name"));
        assertThat(violations(page)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theConsoleOfTheEngine(String scheme) throws IOException {
        ChatPage page =
                ChatPage.open(chromium, port).colorScheme(scheme).logIn("Alice").awaitHere("Alice");
        page.say("Hello").awaitSent("Hello");
        page.open(engine.consoleUrl()).awaitShown(By.cssSelector(".row .title"));

        assertThat(violations(page)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theQuickstart(String scheme) throws IOException {
        ChatPage page = ChatPage.open(chromium, port).colorScheme(scheme);
        Path file = Path.of("../quickstart/src/main/resources/static/index.html");
        page.open(file.toAbsolutePath().normalize().toUri().toString()).awaitShown(By.id("form"));

        assertThat(violations(page)).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static List<String> violations(ChatPage page) throws IOException {
        try (InputStream axe = AccessibilityBrowserIT.class.getResourceAsStream("/axe.min.js")) {
            page.run(new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<String>) page.runUntilDone("""
                const done = arguments[0];
                // off by default, because axe-core regards it as experimental
                const rules = { "label-content-name-mismatch": { enabled: true } };
                axe.run({ rules }).then(({ violations }) =>
                  done(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))));
                """);
    }
}
