package com.lattestream.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.testsupport.Chromium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;

/**
 * Creates the pictures of the README from the running program: into {@code target/screenshots}, and with
 * {@code -Dscreenshots.update=true} into the documentation.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@EmbeddedLatteStream
@DirtiesContext
class ScreenshotBrowserIT {

    private static final Path IMAGES = Path.of("..", "..", "docs", "images");

    private static final int MOST_BYTES = 200 * 1024;

    @RegisterExtension
    final Chromium chromium = Chromium.ofSize(1240, 800);

    @LocalServerPort
    int port;

    @Test
    void aConversationInLightInDarkAndOnAPhone() throws IOException {
        ChatPage carol = ChatPage.open(chromium, port).tryToLogIn("Carol", "tea");
        carol.awaitShown(By.cssSelector("#log-in .problem")).picture("login");
        carol.signUp("Carol");
        ChatPage bob = ChatPage.open(chromium, port).logIn("Bob");
        ChatPage alice = ChatPage.open(chromium, port).logIn("Alice");
        alice.openRoom("Coffee tasting").invite("Carol").invite("Bob");
        bob.enter("Coffee tasting");
        carol.enter("Coffee tasting");
        alice.awaitHere("Alice", "Bob", "Carol");

        alice.say("Good morning! The new beans are here.").awaitSent("Good morning! The new beans are here.");
        alice.say("Two washed, one natural. Who joins the tasting at ten?")
                .awaitSent("Two washed, one natural. Who joins the tasting at ten?");
        bob.awaitMessage("Two washed, one natural. Who joins the tasting at ten?")
                .say("Me! I bring the grinder.")
                .awaitSent("Me! I bring the grinder.");
        carol.awaitMessage("Me! I bring the grinder.")
                .say(
                        "Count me in. Is the natural the one from Sidama? I have been looking forward to it since last spring.")
                .awaitSent(
                        "Count me in. Is the natural the one from Sidama? I have been looking forward to it since last spring.");
        alice.awaitMessage("Me! I bring the grinder.")
                .say("It is. Roasted on Tuesday.")
                .awaitSent("It is. Roasted on Tuesday.");
        carol.awaitMessage("It is. Roasted on Tuesday.").type("Wond");
        alice.awaitText(By.id("typing-text"), "Carol is typing");

        picture(alice.size(1200, 760, 1).colorScheme("light"), "chat-light");
        carol.type("er");
        picture(alice.colorScheme("dark"), "chat-dark");
        carol.type("ful");
        picture(alice.colorScheme("light").size(360, 720, 2), "chat-narrow");
        alice.colorScheme("dark");
        alice.click(By.id("show-rooms")).picture("narrow-rooms");
        alice.press(Keys.ESCAPE).click(By.id("show-people")).picture("narrow-people");
    }

    private static void picture(ChatPage page, String name) throws IOException {
        page.run("document.querySelector('#conversation').scrollTop = 1e6; document.activeElement.blur()");
        byte[] png = page.picture(name);
        assertThat(png).hasSizeLessThan(MOST_BYTES);
        if (Boolean.getBoolean("screenshots.update")) {
            Files.write(IMAGES.resolve(name + ".png"), png);
        }
    }
}
