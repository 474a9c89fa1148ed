package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.ChannelAttribute;
import com.lattestream.core.ChannelInfo;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.PresenceUser;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries of channels, and termination of user connections. */
class RestQueryTests {

    private EmbeddedLatteStreamServer engine;

    private LatteStreamClient client;

    private final List<TestSocket> sockets = new ArrayList<>();

    @BeforeEach
    void start() {
        engine = EmbeddedLatteStreamServer.builder().start();
        client = LatteStreamClient.builder(engine.secret())
                .endpoint(engine.endpoint())
                .useTls(false)
                .cacheTimeout(Duration.ZERO)
                .build();
    }

    @AfterEach
    void stop() {
        sockets.forEach(TestSocket::close);
        client.close();
        engine.close();
    }

    private TestSocket join(String channel, String userId) {
        TestSocket socket = PresenceSocket.join(engine, channel, userId);
        sockets.add(socket);
        return socket;
    }

    private TestSocket subscribe(String channel) {
        TestSocket socket = TestSocket.subscribe(engine, channel);
        sockets.add(socket);
        return socket;
    }

    private String query(String path) {
        HttpResponse<String> response = SignedCall.query(engine, path).send();
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    @Test
    void returnsRequestedAttributesOfOccupiedAndVacantChannels() {
        join("presence-lobby", "alice");
        join("presence-lobby", "alice");
        join("presence-lobby", "bob");
        assertThat(query("/channels/presence-lobby")).isEqualTo("{\"occupied\":true}");
        assertThat(query("/channels/presence-lobby?info=user_count")).isEqualTo("{\"occupied\":true,\"userCount\":2}");
        assertThat(query("/channels/presence-lobby?info=user_count%2Csubscription_count"))
                .isEqualTo("{\"occupied\":true,\"userCount\":2,\"subscriptionCount\":3}");
        assertThat(query("/channels/presence-lobby?info=userCount,subscriptionCount"))
                .isEqualTo("{\"occupied\":true,\"userCount\":2,\"subscriptionCount\":3}");
        assertThat(query("/channels/presence-other?info=user_count,subscription_count"))
                .isEqualTo("{\"occupied\":false,\"userCount\":0,\"subscriptionCount\":0}");
    }

    @Test
    void countsUsersOnPresenceChannelsOnly() {
        subscribe("chat");
        assertThat(query("/channels/chat?info=user_count,subscription_count"))
                .isEqualTo("{\"occupied\":true,\"subscriptionCount\":1}");
    }

    @Test
    void listsOccupiedChannelsByPrefix() {
        TestSocket one = subscribe("chat-1");
        TestSocket both = subscribe("chat-2");
        join("presence-lobby", "alice");
        both.subscribe("chat-1");
        one.subscribe("gone");
        one.send(TestSocket.frame("lattestream:unsubscribe", "gone"));
        one.expectNoFrame();

        assertThat(query("/channels"))
                .isEqualTo("{\"channels\":{\"chat-1\":{\"occupied\":true},\"chat-2\":{\"occupied\":true},"
                        + "\"presence-lobby\":{\"occupied\":true}}}");
        assertThat(query("/channels?filter_by_prefix=chat-&info=subscription_count"))
                .isEqualTo("{\"channels\":{\"chat-1\":{\"occupied\":true,\"subscriptionCount\":2},"
                        + "\"chat-2\":{\"occupied\":true,\"subscriptionCount\":1}}}");
        assertThat(query("/channels?filter_by_prefix=presence-&info=user_count"))
                .isEqualTo("{\"channels\":{\"presence-lobby\":{\"occupied\":true,\"userCount\":1}}}");
        assertThat(query("/channels?filter_by_prefix=nothing")).isEqualTo("{\"channels\":{}}");
    }

    @Test
    void listsTheUsersOfAPresenceChannelOnce() {
        join("presence-lobby", "alice");
        join("presence-lobby", "alice");
        join("presence-lobby", "bob");
        assertThat(query("/channels/presence-lobby/users"))
                .isEqualTo("{\"users\":[{\"id\":\"alice\"},{\"id\":\"bob\"}]}");
        assertThat(query("/channels/presence-empty/users")).isEqualTo("{\"users\":[]}");
    }

    @ParameterizedTest
    @CsvSource({
        "/channels/chat/users, presence-",
        "/channels/private-chat/users, presence-",
        "/channels/bad%20channel, bad channel",
        "/channels/bad%20channel/users, bad channel",
        "/channels/chat?info=everything, everything",
        "'/channels/chat?info=user_count,', info"
    })
    void rejectsInvalidQueriesWithAReason(String path, String culprit) {
        HttpResponse<String> response = SignedCall.query(engine, path).send();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(SignedCall.parse(response.body()).path("error").stringValue())
                .contains(culprit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/channels", "/channels/chat", "/channels/presence-lobby/users"})
    void rejectsUnsignedQueries(String path) {
        assertThat(SignedCall.get(engine, path).statusCode()).isEqualTo(401);
        assertThat(SignedCall.query(engine, path)
                        .header("X-LatteStream-Signature", "00".repeat(32))
                        .send()
                        .statusCode())
                .isEqualTo(401);
        assertThat(SignedCall.query(engine, "/channels?info=user_count")
                        .sendTo(path)
                        .statusCode())
                .isEqualTo(401);
        SignedCall call = SignedCall.query(engine, path);
        assertThat(call.send().statusCode()).isEqualTo(200);
        assertThat(call.send().statusCode()).as("the same nonce").isEqualTo(401);
    }

    @Test
    void rejectsUnsignedTerminations() {
        TestSocket alice = join("presence-lobby", "alice");
        assertThat(SignedCall.post(engine, "/users/alice/terminate_connections", "")
                        .without("Authorization")
                        .send()
                        .statusCode())
                .isEqualTo(401);
        alice.expectNoFrame();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /channels, 405",
        "POST, /channels/chat, 405",
        "GET, /users/alice/terminate_connections, 405",
        "GET, /channels/, 404",
        "GET, /channels/chat/, 404",
        "GET, /channels/chat/members, 404",
        "POST, /users//terminate_connections, 404",
        "POST, /users/alice, 404",
        "POST, /users/a/b/terminate_connections, 404"
    })
    void respondsToOtherPathsAndMethodsWithAnError(String method, String path, int status) {
        SignedCall call = method.equals("GET") ? SignedCall.query(engine, path) : SignedCall.post(engine, path, "");

        assertThat(call.send().statusCode()).isEqualTo(status);
    }

    @Test
    void closesAllConnectionsOfAUserAndNoOthers() {
        TestSocket one = join("presence-lobby", "alice");
        TestSocket two = join("presence-other", "alice");
        TestSocket bob = join("presence-lobby", "bob");
        assertThat(one.nextEvent()).isEqualTo("lattestream_internal:member_added");

        client.terminateUserConnections("alice").join();

        assertThat(client.getUsers("presence-lobby").join()).containsExactly(new PresenceUser("bob"));
        assertThat(client.getChannels("presence-other").join()).isEmpty();
        assertThat(one.awaitCloseCode()).isEqualTo(4009);
        assertThat(two.awaitCloseCode()).isEqualTo(4009);
        assertThat(bob.nextEvent()).isEqualTo("lattestream_internal:member_removed");
        bob.expectNoFrame();
    }

    @Test
    void closesConnectionsOfAUserOfAPrivateChannel() {
        TestSocket alice = join("private-inbox", "alice");
        TestSocket stranger = subscribe("chat");
        client.terminateUserConnections("alice").join();

        assertThat(alice.awaitCloseCode()).isEqualTo(4009);
        stranger.expectNoFrame();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b", ".", "..", "a b", "a+b", "50%", "é€😀", "a;b", "a?b#c", "a\\b", "a//b", "*", "a%2Fb"})
    void findsUsersWithSpecialCharacters(String userId) {
        TestSocket socket = join("presence-lobby", userId);
        assertThat(client.getUsers("presence-lobby").join()).containsExactly(new PresenceUser(userId));

        client.terminateUserConnections(userId).join();

        assertThat(socket.awaitCloseCode()).isEqualTo(4009);
    }

    @Test
    void findsChannelsWithSpecialCharacters() {
        String channel = "presence-A_z0=@.;";
        join(channel, "alice");
        assertThat(client.getChannelInfo(channel, ChannelAttribute.USER_COUNT, ChannelAttribute.SUBSCRIPTION_COUNT)
                        .join())
                .isEqualTo(new ChannelInfo(true, 1, 1));
        assertThat(client.getChannels("presence-A_z0=@", ChannelAttribute.USER_COUNT)
                        .join())
                .containsOnlyKeys(channel);
    }

    @Test
    void channelWithACommaInItsNameIsVacant() {
        join("presence-a", "alice");

        assertThat(query("/channels/presence-a%2Cpresence-b?info=user_count"))
                .isEqualTo("{\"occupied\":false,\"userCount\":0}");
    }
}
