package com.lattestream.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.testsupport.Chromium;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The chat in real browsers: one for each user. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@EmbeddedLatteStream
class ChatBrowserIT {

    @RegisterExtension
    final Chromium chromium = Chromium.ofSize(1240, 800);

    @LocalServerPort
    int port;

    @Autowired
    EmbeddedLatteStreamServer engine;

    @Test
    void aMessageIsReceivedWithoutAnEchoToItsSender() {
        ChatPage alice = ChatPage.open(chromium, port).logIn("Alice");
        ChatPage bob = ChatPage.open(chromium, port).logIn("Bob");
        alice.awaitHere("Alice", "Bob");
        bob.awaitHere("Bob", "Alice");

        alice.say("Is anybody here?").awaitSent("Is anybody here?");
        bob.awaitMessage("Is anybody here?").say("I am").awaitSent("I am");
        alice.awaitMessage("I am");

        // Bob's message came after an echo would have come
        assertThat(alice.heard())
                .anyMatch(frame -> frame.contains("I am"))
                .noneMatch(frame -> frame.contains("Is anybody here?"));
        assertThat(alice.messages()).containsOnlyOnce("Is anybody here?", "I am");
        assertThat(bob.messages()).containsOnlyOnce("Is anybody here?", "I am");
        assertThat(alice.complaints()).isEmpty();
        assertThat(bob.complaints()).isEmpty();
    }

    @Test
    void joiningAndLeavingMembersAreShownAndNoted() {
        ChatPage alice = ChatPage.open(chromium, port).logIn("Alice").awaitHere("Alice");
        ChatPage bob = ChatPage.open(chromium, port).logIn("Bob");

        alice.awaitHere("Alice", "Bob").awaitNote("Bob joined");
        bob.click(By.id("log-out"));

        alice.awaitHere("Alice").awaitNote("Bob left");
    }

    @Test
    void aTypingMemberIsShownUntilTheMessageArrives() {
        ChatPage alice = ChatPage.open(chromium, port).logIn("Alice");
        ChatPage bob = ChatPage.open(chromium, port).logIn("Bob").awaitHere("Bob", "Alice");
        alice.awaitHere("Alice", "Bob");

        bob.type("Let me think");
        alice.awaitText(By.id("typing-text"), "Bob is typing");
        bob.say(" ... no.");

        alice.awaitMessage("Let me think ... no.").awaitText(By.id("typing-text"), "");
    }

    @Test
    void aPrivateRoomIsForItsMembersOnly() {
        ChatPage alice = ChatPage.open(chromium, port)
                .logIn("Alice")
                .openRoom("Book club")
                .awaitHere("Alice");
        ChatPage stranger = ChatPage.open(chromium, port).signUp("Mallory").awaitHere("Mallory");
        String room = (String) alice.run("return location.hash.replace('#room-', '')");
        alice.say("Chapter one").awaitSent("Chapter one");

        assertThat(stranger.rooms()).containsExactly("Lobby");
        assertThat(stranger.get("/api/rooms/" + room + "/messages")).isEqualTo(403);
        assertThat(stranger.post("/auth", subscription(stranger, room))).isEqualTo(403);
        assertThat(alice.post("/auth", subscription(alice, room))).isEqualTo(200);

        stranger.run("location.hash = '#room-' + arguments[0]", room);
        stranger.awaitText(By.id("room-name"), "Lobby");
        assertThat(stranger.heard()).noneMatch(frame -> frame.contains("Chapter one"));
    }

    private static Map<String, String> subscription(ChatPage page, String room) {
        return Map.of("socket_id", page.socketId(), "channel_name", "presence-room-" + room);
    }

    @Test
    void anInvitedUserIsNotifiedEntersAndReadsEarlierMessages() {
        ChatPage bob = ChatPage.open(chromium, port).logIn("Bob").awaitHere("Bob");
        ChatPage alice = ChatPage.open(chromium, port).logIn("Alice").openRoom("Surprise party");
        alice.say("We need a cake").awaitSent("We need a cake");

        alice.invite("bob").awaitAway("Bob");
        bob.awaitShown(By.className("fresh"))
                .awaitText(By.id("news"), "Alice invited you to Surprise party.")
                .enter("Surprise party")
                .awaitMessage("We need a cake")
                .awaitHere("Bob", "Alice");
        alice.awaitHere("Alice", "Bob").awaitAway();

        alice.invite("bob");
        alice.click(By.id("guest")).press("Nobody1" + Keys.ENTER);
        alice.awaitText(By.cssSelector("#invite .problem"), "There is no user Nobody1.");
    }

    @Test
    void aMessageThatIsNotSentIsMarkedAndCanBeRetried() {
        ChatPage alice =
                ChatPage.open(chromium, port).logIn("Alice").openRoom("Tunnel").awaitHere("Alice");

        alice.offline(true).say("Can you hear me?").awaitShown(By.className("failure"));
        alice.picture("failure");
        alice.offline(false).click(By.cssSelector(".failure button")).awaitSent("Can you hear me?");

        alice.awaitHidden(By.className("failure"));
        assertThat(alice.messages()).containsExactly("Can you hear me?");
    }

    @Test
    void aFailedMessageIsKeptWhileTheUserIsInAnotherRoom() {
        ChatPage alice =
                ChatPage.open(chromium, port).logIn("Alice").openRoom("Attic").awaitHere("Alice");

        alice.offline(true)
                .say("Lost and found")
                .awaitShown(By.className("failure"))
                .enter("Lobby")
                .awaitHidden(By.className("failure"))
                .enter("Attic")
                .awaitShown(By.className("failure"))
                .offline(false)
                .click(By.cssSelector(".failure button"))
                .awaitSent("Lost and found");
        assertThat(alice.messages()).containsExactly("Lost and found");
    }

    @Test
    void markupIsShownAsText() {
        String markup = "<img src=x onerror=\"document.title='owned'\">";
        ChatPage alice = ChatPage.open(chromium, port).logIn("Alice").openRoom(markup.substring(0, 12));

        alice.say(markup).awaitSent(markup);

        assertThat(alice.title()).isEqualTo("<img src=x o · LatteStream Chat");
        assertThat(alice.run("return document.querySelectorAll('#messages img, nav a img, .room img').length"))
                .isEqualTo(0L);
    }

    @Test
    void aWrongPasswordAndANameInUseAreRefused() {
        ChatPage page = ChatPage.open(chromium, port);

        page.tryToLogIn("Alice", "tea")
                .awaitText(By.cssSelector("#log-in .problem"), "The name or the password is not correct.");
        page.tryToSignUp("alice", "a password")
                .awaitText(By.cssSelector("#sign-up .problem"), "The name alice is taken.");
        page.tryToSignUp("not a name", "short")
                .awaitText(
                        By.cssSelector("#sign-up .problem"),
                        "The name must have 2 to 20 letters or digits. The password must have 8 to 100 characters.");
    }

    @Test
    void guessingPasswordsIsRefusedForAWhile() {
        ChatPage page =
                ChatPage.open(chromium, port).tryToSignUp("Trent", "a password").awaitConnected();
        page.click(By.id("log-out")).awaitShown(By.id("demo"));

        By problem = By.cssSelector("#log-in .problem");
        page.tryToLogIn("Trent", "a guess").awaitText(problem, "The name or the password is not correct.");
        for (int attempt = 2; attempt <= 20 && !page.text(problem).startsWith("Too many"); attempt++) {
            page.tryToLogIn("Trent", "guess " + attempt).awaitShown(problem);
        }

        assertThat(page.text(problem)).matches("Too many attempts\\. Try again in [0-9]{1,2} s\\.");
        page.picture("too-many-attempts");
    }

    @Test
    void aSubscriptionWithoutASessionLeadsToTheLogin() {
        ChatPage alice = ChatPage.open(chromium, port).logIn("Alice").awaitHere("Alice");
        Map<String, String> subscription = subscription(alice, "1");
        assertThat(alice.post("/auth", subscription)).isEqualTo(200);

        alice.deleteCookie("JSESSIONID");
        assertThat(alice.post("/auth", subscription)).isEqualTo(403);

        alice.reconnect().awaitShown(By.id("log-in"));
    }

    @Test
    void aPhoneIsWideEnoughAndTheKeyboardReachesEverything() {
        ChatPage alice = ChatPage.open(chromium, port).logIn("Alice").awaitHere("Alice");
        alice.size(360, 640, 1).awaitHidden(By.id("sidebar")).awaitHidden(By.id("people"));
        assertThat(alice.run("return document.documentElement.scrollWidth")).isEqualTo(360L);

        alice.click(By.id("show-rooms")).awaitShown(By.id("new-room"));
        assertThat(alice.run("return document.activeElement.textContent")).isEqualTo("Lobby");
        alice.press(Keys.ESCAPE).awaitHidden(By.id("sidebar"));
        assertThat(alice.run("return document.activeElement.id")).isEqualTo("show-rooms");

        alice.press(Keys.TAB);
        assertThat(alice.run("return document.activeElement.id")).isEqualTo("show-people");
        alice.press(Keys.TAB, Keys.TAB);
        assertThat(alice.run("return document.activeElement.id")).isEqualTo("text");
    }
}
