package com.lattestream.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.testsupport.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An engine that runs elsewhere, as the service does, goes away and comes back. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class EngineRestartBrowserIT {

    private static EmbeddedLatteStreamServer engine =
            EmbeddedLatteStreamServer.builder().start();

    @RegisterExtension
    final Chromium chromium = Chromium.ofSize(1240, 800);

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void connection(DynamicPropertyRegistry properties) {
        properties.add("lattestream.secret", engine::secret);
        properties.add("lattestream.endpoint", engine::endpoint);
        properties.add("lattestream.use-tls", () -> false);
        properties.add("lattestream.public-key", engine::publicKey);
        properties.add("lattestream.retry.max-delay", () -> "1s");
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void thePageReconnectsByItselfWithTheMissedMessages() {
        ChatPage alice = ChatPage.open(chromium, port).signUp("Alice");
        ChatPage bob = ChatPage.open(chromium, port).signUp("Bob").awaitHere("Bob", "Alice");

        engine.close();
        alice.awaitText(By.id("state"), "Reconnecting …").awaitShown(By.id("away"));
        alice.say("Said into the dark").awaitSent("Said into the dark");
        alice.picture("away");
        assertThat(bob.messages()).doesNotContain("Said into the dark");

        engine = EmbeddedLatteStreamServer.builder()
                .port(engine.port())
                .secret(engine.secret())
                .start();
        alice.awaitConnected().awaitHere("Alice", "Bob").awaitHidden(By.id("away"));
        bob.awaitConnected().awaitMessage("Said into the dark");

        bob.say("There you are").awaitSent("There you are");
        alice.awaitMessage("There you are");
        assertThat(alice.messages()).containsExactly("Said into the dark", "There you are");
        assertThat(bob.messages()).containsExactly("Said into the dark", "There you are");
    }
}
