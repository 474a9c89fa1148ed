package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonValue;
import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import com.lattestream.core.support.StubService.Request;
import com.lattestream.core.support.Vectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and results of calls, through a real socket. */
class LatteStreamClientTests {

    private static final String SECRET = "lsk_test_secret";

    private final StubService service = new StubService();

    private LatteStreamClient client = builder().build();

    private LatteStreamClientBuilder builder() {
        return LatteStreamClient.builder(SECRET)
                .endpoint(service.endpoint())
                .useTls(false)
                .enableBatching(false)
                .retryDelay(Duration.ofMillis(1));
    }

    private LatteStreamClient use(LatteStreamClientBuilder builder) {
        client.close();
        client = builder.build();
        return client;
    }

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    @Test
    void triggerReturnsTheResultOfTheService() {
        service.answer(request -> Reply.json("{\"channels\":[\"chat\"],\"event\":\"message\",\"triggered\":5}"));

        assertThat(client.trigger("chat", "message", Map.of("text", "Hello")).join())
                .isEqualTo(new TriggerResult(List.of("chat"), OptionalInt.of(5)));
    }

    @Test
    void aClientReturnsTheEndpointOfTheService() {
        assertThat(client.endpoint()).isEqualTo("http://" + service.endpoint());
        assertThat(use(LatteStreamClient.builder(SECRET).cluster("us1")).endpoint())
                .isEqualTo("https://us1.lattestream.com");
    }

    @Test
    void eachEventOfABatchHasAResultWithItsOwnChannels() {
        LatteStreamClient batching = use(LatteStreamClient.builder(SECRET)
                .endpoint(service.endpoint())
                .useTls(false)
                .batchInterval(Duration.ofMinutes(1)));
        List<List<String>> channels = List.of(List.of("a"), List.of("a", "b"), List.of("b"), List.of("b", "a"));
        List<CompletableFuture<TriggerResult>> results = new ArrayList<>();
        for (List<String> each : channels) {
            results.add(batching.trigger(each, "message", 1));
            results.add(batching.trigger(each, "message", 2));
        }
        batching.triggerBatch(List.of(Event.of("c", "message", 1), Event.of("d", "message", 1)))
                .thenAccept(batch -> assertThat(batch)
                        .extracting(TriggerResult::channels)
                        .containsExactly(List.of("c"), List.of("d")))
                .join();
        batching.flushBatch().join();

        for (int i = 0; i < channels.size(); i++) {
            TriggerResult expected = new TriggerResult(channels.get(i), OptionalInt.empty());
            assertThat(results.get(2 * i).join()).isEqualTo(expected);
            assertThat(results.get(2 * i + 1).join()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "OK", "{\"channels\":7,\"triggered\":\"many\"}"})
    void anEventWithStatus200IsDeliveredRegardlessOfTheBody(String body) {
        service.answer(request -> Reply.of(200, body));

        assertThat(client.trigger("chat", "message", 1).join())
                .isEqualTo(new TriggerResult(List.of("chat"), OptionalInt.empty()));
        assertThat(service.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain; charset=bogus", "application/json; charset=\"utf 8;\"", "nonsense", "/;;="})
    void theContentTypeOfAResponseIsIgnored(String contentType) {
        service.answer(request -> Reply.json("{\"triggered\":5}").with("Content-Type", contentType));

        assertThat(client.trigger("chat", "message", 1).join().triggered()).hasValue(5);
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void anEventBesideAnExplicitBatchIsSentWithoutAFlush() {
        use(builder().enableBatching(true).batchInterval(Duration.ofMillis(20)));

        for (int i = 0; i < 20; i++) {
            client.triggerBatch(List.of(Event.of("a", "e", i)));
            assertThat(client.trigger("b", "e", i)).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void aCallbackMayFlushAndClose() {
        client.trigger("a", "e", 1).thenRun(() -> client.flushBatch().join()).join();
        long started = System.nanoTime();
        client.trigger("a", "e", 1).thenRun(client::close).join();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(9));
    }

    @Test
    void closingDeliversThoughTheThreadIsInterrupted() {
        use(builder().enableBatching(true));
        CompletableFuture<TriggerResult> event = client.trigger("a", "e", 1);

        Thread.currentThread().interrupt();
        client.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(event).isCompleted();
    }

    @Test
    void aNullPayloadIsJsonNull() {
        client.trigger("chat", "message", null).join();

        assertThat(service.requests().get(0).text())
                .isEqualTo("{\"channel\":\"chat\",\"event\":\"message\",\"data\":\"null\"}");
    }

    @Test
    void moreThanAHundredChannelsGoOutAsSeveralRequestsInOrder() {
        List<String> channels =
                IntStream.range(0, 250).mapToObj(i -> "channel-" + i).toList();
        service.answer(request -> Reply.json("{\"triggered\":1}"));

        TriggerResult result = client.trigger(channels, "message", 1).join();

        assertThat(result).isEqualTo(new TriggerResult(channels, OptionalInt.of(3)));
        assertThat(service.requests())
                .extracting(this::channel)
                .containsExactly(
                        String.join(",", channels.subList(0, 100)),
                        String.join(",", channels.subList(100, 200)),
                        String.join(",", channels.subList(200, 250)));
    }

    @Test
    void aCommaCannotLeadAnEventToAnotherChannel() {
        String room = "private-room-" + "1,private-user-bob";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.trigger(room, "message", 1))
                .withMessageContaining("a comma separates channel names");
        assertThatIllegalArgumentException().isThrownBy(() -> client.trigger(List.of("a", "b,c"), "message", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> client.authorizeChannel("1.2", room));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.authorizeChannel("1.2", "presence-a,presence-b", PresenceMember.of("1")));
        assertThat(service.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lattestream:x", "lattestream_internal:subscription_succeeded", "lattestream_internal:"})
    void anEventCannotHaveTheNameOfAMessageOfTheProtocol(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.trigger("a", name, 1))
                .withMessageContaining("is reserved");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void aQueryMayReadAChannelWhoseNameHasAComma() {
        service.answer(request -> Reply.json("{\"occupied\":true,\"users\":[{\"id\":\"1\"}]}"));

        client.getChannelInfo("a,b").join();
        client.getUsers("presence-a,b").join();

        assertThat(service.requests())
                .extracting(Request::path)
                .containsExactly("/channels/a%2Cb", "/channels/presence-a%2Cb/users");
    }

    @Test
    void aChannelNamedTwiceReceivesTheEventOnce() {
        client.trigger(List.of("a", "b", "a"), "message", 1).join();

        assertThat(service.requests()).extracting(this::channel).containsExactly("a,b");
    }

    private String channel(Request request) {
        return Vectors.JSON.readTree(request.body()).path("channel").stringValue();
    }

    @Test
    void moreThanTenEventsOfABatchGoOutAsSeveralRequestsInOrder() {
        List<Event> events = IntStream.range(0, 25)
                .mapToObj(i -> Event.of("channel-" + i, "message", i))
                .toList();

        List<TriggerResult> results = client.triggerBatch(events).join();

        assertThat(results).hasSize(25);
        assertThat(results.get(24).channels()).containsExactly("channel-24");
        assertThat(service.requests())
                .extracting(this::batch)
                .containsExactly(numbers(0, 10), numbers(10, 20), numbers(20, 25));
    }

    private List<Integer> batch(Request request) {
        return Vectors.JSON
                .readTree(request.body())
                .path("batch")
                .valueStream()
                .map(event -> Integer.valueOf(event.path("data").stringValue()))
                .toList();
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Test
    void aRefusedBatchFailsWithTheServicesWords() {
        service.answer(request -> Reply.of(400, "{\"error\":\"no such channel\"}"));

        assertThatThrownBy(() ->
                        client.triggerBatch(List.of(Event.of("a", "e", 1))).join())
                .cause()
                .isInstanceOf(LatteStreamApiException.class)
                .hasMessage("POST /batch_events to http://" + service.endpoint()
                        + " received status 400: {\"error\":\"no such channel\"}");
    }

    @Test
    void dataThatIsNoJsonIsRefusedBeforeAnythingIsSent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        client.triggerBatch(List.of(Event.of("a", "good", 1), Event.of("a", "bad", new Unwritable()))))
                .withMessageContaining("data of event 'bad'")
                .withMessageContaining("broken getter");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void authorizesAPresenceChannel() {
        service.answer(
                request -> Reply.json("{\"auth\":\"lspc_token\",\"channel_data\":\"{\\\"user_id\\\":\\\"1\\\"}\"}"));

        assertThat(client.authorizeChannel("1.2", "presence-x", PresenceMember.of("1"))
                        .join())
                .isEqualTo(new ChannelAuthorization("lspc_token", "{\"user_id\":\"1\"}"));
        assertThat(service.requests().get(0).text())
                .isEqualTo(
                        "{\"socket_id\":\"1.2\",\"channel_name\":\"presence-x\",\"channel_data\":{\"user_id\":\"1\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"auth\":\"\"}", "{\"auth\":null}", "[\"auth\"]", "{\"auth", "OK"})
    void anAnswerWithoutAnAuthorizationIsAnErrorAndNotRetried(String body) {
        service.answer(request -> Reply.of(200, body));

        assertThatThrownBy(() -> client.authorizeChannel("1.2", "private-x").join())
                .cause()
                .isInstanceOfSatisfying(LatteStreamApiException.class, ex -> {
                    assertThat(ex.status()).isEqualTo(200);
                    assertThat(ex.responseBody()).isEqualTo(body);
                })
                .hasMessageContaining("POST /auth to http://" + service.endpoint() + " received status 200")
                .hasMessageContaining("cannot be read");
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aMemberBelongsOnAPresenceChannelOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.authorizeChannel("1.2", "private-x", PresenceMember.of("1")))
                .withMessageContaining("'private-x'")
                .withMessageContaining("presence");
    }

    @Test
    void readsBothSpellingsOfCounts() {
        service.answer(
                request -> Reply.json("{\"occupied\":true,\"user_count\":3,\"subscriptionCount\":4,\"new\":{}}"));

        assertThat(client.getChannelInfo("presence-x", ChannelAttribute.USER_COUNT)
                        .join())
                .isEqualTo(new ChannelInfo(true, 3, 4));
    }

    @Test
    void aListedChannelIsOccupied() {
        service.answer(request -> Reply.json("{\"channels\":{\"presence-lobby\":{\"userCount\":1},\"b\":{}}}"));

        assertThat(client.getChannels("presence-").join())
                .containsExactly(
                        Map.entry("presence-lobby", new ChannelInfo(true, 1, null)),
                        Map.entry("b", new ChannelInfo(true, null, null)));
    }

    @Test
    void aQueryWithAnUnreadableResponseFailsWithTheReason() {
        service.answer(request -> Reply.of(200, "<html>"));

        assertThatThrownBy(() -> client.getUsers("presence-x").join())
                .cause()
                .isInstanceOf(LatteStreamApiException.class)
                .hasMessage("GET /channels/presence-x/users to http://" + service.endpoint()
                        + " received status 200 with a body of 6 bytes that cannot be read: it is not JSON");
    }

    @Test
    void createsAClientTokenWithoutShowingTheSecret() {
        service.answer(request -> Reply.json(
                "{\"accessToken\":\"lspc_x\",\"tokenType\":\"Bearer\",\"expiresIn\":60,\"tenantId\":\"t\"}"));

        ClientToken token = client.createClientToken(ClientTokenRequest.of("lspk_key", "1.2")
                        .withPermissions(List.of("subscribe"))
                        .withExpiresIn(Duration.ofMinutes(1)))
                .join();

        assertThat(token).isEqualTo(new ClientToken("lspc_x", "Bearer", Duration.ofMinutes(1), "t"));
        assertThat(token).asString().doesNotContain("lspc_x");
        Request request = service.requests().get(0);
        assertThat(request.path()).isEqualTo("/apps/token");
        assertThat(request.text())
                .isEqualTo("{\"api_key\":\"lspk_key\",\"socket_id\":\"1.2\",\"permissions\":[\"subscribe\"],"
                        + "\"expires_in\":60}");
        assertThat(request.headers()).doesNotContainKeys("authorization", "x-lattestream-signature");
    }

    @Test
    void aBasePathIsSentButNotSigned() {
        use(builder().endpoint(service.endpoint() + "/base/path"));

        client.getUsers("presence-x").join();

        assertThat(service.requests().get(0).path()).isEqualTo("/base/path/channels/presence-x/users");
    }

    @Test
    void aUserCalledLikeAParentFolderDoesNotChangeThePath() {
        client.terminateUserConnections("..").join();
        client.getChannelInfo(".").join();

        assertThat(service.requests())
                .extracting(Request::path)
                .containsExactly("/users/%2E%2E/terminate_connections", "/channels/%2E");
    }

    @Test
    void theUserAgentIdentifiesTheClient() {
        client.trigger("a", "e", 1).join();

        assertThat(service.requests().get(0).headers().get("user-agent")).startsWith("lattestream-java/");
    }

    @Test
    void aRefusalIsNotRetried() {
        service.answer(request -> Reply.of(400, "{\"error\":\"nope\"}"));

        assertThatThrownBy(() -> client.trigger("a", "e", 1).join())
                .cause()
                .isExactlyInstanceOf(LatteStreamApiException.class)
                .hasMessage(
                        "POST /events to http://" + service.endpoint() + " received status 400: {\"error\":\"nope\"}")
                .satisfies(ex ->
                        assertThat(((LatteStreamApiException) ex).status()).isEqualTo(400));
        // a slow response leads to a request that looks whether the service has recovered
        assertThat(service.requests())
                .filteredOn(request -> request.path().equals("/events"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRejectedSecretHasAnExceptionOfItsOwn(int status) {
        service.answer(request -> Reply.of(status, "no"));

        assertThatThrownBy(() -> client.getChannelInfo("a").join())
                .cause()
                .isInstanceOf(LatteStreamAuthenticationException.class);
        assertThat(service.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void transientFailuresAreRetriedWithANewSignature(int status) {
        service.answerInTurn(Reply.of(status, "later"), Reply.of(status, "later"), Reply.json("{}"));

        client.trigger("a", "e", 1).join();

        assertThat(service.requests()).hasSize(3);
        assertThat(service.requests())
                .extracting(Request::text)
                .containsOnly(service.requests().get(0).text());
        assertThat(header("x-lattestream-nonce")).hasSize(3);
        assertThat(header("x-lattestream-signature")).hasSize(3);
    }

    private Set<String> header(String name) {
        Set<String> values = new HashSet<>();
        service.requests().forEach(request -> values.add(request.headers().get(name)));
        return values;
    }

    @Test
    void giveUpAfterTheLastRetry() {
        use(builder().maxRetries(2));
        service.answer(request -> Reply.of(429, "slow down").with("Retry-After", "0"));

        assertThatThrownBy(() -> client.trigger("a", "e", 1).join())
                .cause()
                .isInstanceOfSatisfying(
                        LatteStreamRateLimitException.class,
                        ex -> assertThat(ex.retryAfter()).contains(Duration.ZERO));
        assertThat(service.requests()).hasSize(3);
    }

    @Test
    void noRetriesMeansNone() {
        use(builder().maxRetries(0));
        service.answer(request -> Reply.of(503, ""));

        assertThatThrownBy(() -> client.trigger("a", "e", 1).join())
                .cause()
                .hasMessage("POST /events to http://" + service.endpoint() + " received status 503");
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aResponseThatEchoesTheSecretDoesNotLeakIt() {
        service.answer(request -> Reply.of(400, request.headers().get("authorization") + "\nsecond line"));

        assertThatThrownBy(() -> client.trigger("a", "e", 1).join())
                .cause()
                .hasMessage("POST /events to http://" + service.endpoint()
                        + " received status 400: lsk_******\\u000asecond line")
                .satisfies(ex -> assertThat(((LatteStreamApiException) ex).responseBody())
                        .doesNotContain(SECRET));
    }

    @Test
    void aSecretInTheWrongPlaceIsNotRepeated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.trigger("lsk_confidential$%", "e", 1))
                .withMessageContaining("'lsk_******'");
    }

    @Test
    void redirectsAreNotFollowedAsTheSignatureCoversThePath() {
        service.answer(request -> Reply.of(307, "").with("Location", "/other"));

        assertThatThrownBy(() -> client.trigger("a", "e", 1).join())
                .cause()
                .hasMessage("POST /events to http://" + service.endpoint() + " received status 307");
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void twoHundredAuthorizationsAtOnceShareTwentyConnections() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        service.answer(request -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            await().pollDelay(Duration.ofMillis(50)).until(() -> true);
            now.decrementAndGet();
            return Reply.json("{\"auth\":\"x\"}");
        });

        List<CompletableFuture<ChannelAuthorization>> calls = IntStream.range(0, 200)
                .mapToObj(i -> client.authorizeChannel("1." + i, "private-x"))
                .toList();
        calls.forEach(CompletableFuture::join);

        assertThat(service.requests()).hasSize(200);
        assertThat(most).hasValueLessThanOrEqualTo(20);
        assertThat(service.requests().stream().map(Request::connection).distinct())
                .hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void withoutAFreeConnectionInTimeARequestFailsWithATimeoutException() {
        use(builder().maxConnections(1).maxRetries(0).timeout(Duration.ofMillis(300)));
        CountDownLatch release = service.answerWhenReleased("{}");

        CompletableFuture<ChannelInfo> first = client.getChannelInfo("a");
        CompletableFuture<ChannelInfo> second = client.getChannelInfo("b");

        assertThatThrownBy(first::join).hasCauseInstanceOf(LatteStreamTimeoutException.class);
        assertThatThrownBy(second::join).hasCauseInstanceOf(LatteStreamTimeoutException.class);
        release.countDown();
    }

    @Test
    void aConnectionIsNotUsedBeyondItsAge() {
        use(builder().connectionMaxAge(Duration.ofMillis(50)));

        client.trigger("a", "e", 1).join();
        await().pollDelay(Duration.ofMillis(80)).until(() -> true);
        client.trigger("a", "e", 1).join();

        assertThat(service.requests().stream().map(Request::connection).distinct())
                .hasSize(2);
    }

    @Test
    void callbacksRunOnThreadsOfTheirOwn() {
        CountDownLatch release = service.answerWhenReleased("{}");

        CompletableFuture<String> ofEvent = client.trigger("a", "e", 1)
                .thenApply(result -> Thread.currentThread().getName());
        CompletableFuture<String> ofQuery = client.getChannelInfo("a")
                .thenApply(info -> Thread.currentThread().getName());
        release.countDown();

        assertThat(List.of(ofEvent.join(), ofQuery.join()))
                .allMatch(thread -> thread.startsWith("lattestream-callback-"));
    }

    @Test
    void aBlockedCallbackDoesNotDelayOtherCalls() {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Void> blocked = client.trigger("a", "e", 1).thenRun(() -> awaitLatch(release));

        client.trigger("a", "e", 2).join();
        client.getChannelInfo("a").join();

        release.countDown();
        blocked.join();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void futuresFailWithTheOriginalException() {
        service.answer(request -> Reply.of(400, ""));
        AtomicReference<Throwable> seen = new AtomicReference<>();

        client.trigger("a", "e", 1)
                .whenComplete((result, failure) -> seen.set(failure))
                .exceptionally(failure -> null)
                .join();
        assertThat(seen.get()).isExactlyInstanceOf(LatteStreamApiException.class);

        client.getChannelInfo("a")
                .whenComplete((result, failure) -> seen.set(failure))
                .exceptionally(failure -> null)
                .join();
        assertThat(seen.get()).isExactlyInstanceOf(LatteStreamApiException.class);
    }

    @Test
    void aResponseIsCachedForTheCacheTimeout() {
        AtomicLong time = new AtomicLong();
        use(builder().cacheTimeout(Duration.ofSeconds(30)).ticker(time::get));
        service.answer(request -> Reply.json("{\"users\":[{\"id\":\"1\"}]}"));

        client.getUsers("presence-x").join();
        client.getUsers("presence-x").join();
        assertThat(service.requests()).hasSize(1);

        time.addAndGet(Duration.ofSeconds(31).toNanos());
        client.getUsers("presence-x").join();
        assertThat(service.requests()).hasSize(2);
    }

    @Test
    void theCacheTimeoutBeginsWithTheResponse() {
        AtomicLong time = new AtomicLong();
        use(builder().cacheTimeout(Duration.ofSeconds(30)).ticker(time::get));
        CountDownLatch release = service.answerWhenReleased("{\"occupied\":true}");
        CompletableFuture<ChannelInfo> slow = client.getChannelInfo("a");
        time.addAndGet(Duration.ofSeconds(31).toNanos());
        CompletableFuture<ChannelInfo> meanwhile = client.getChannelInfo("a");

        release.countDown();
        slow.join();
        meanwhile.join();
        client.getChannelInfo("a").join();

        assertThat(service.requests()).hasSize(1);
        time.addAndGet(Duration.ofSeconds(31).toNanos());
        client.getChannelInfo("a").join();
        assertThat(service.requests()).hasSize(2);
    }

    @Test
    void queriesAreEqualRegardlessOfTheOrderOfAttributes() {
        client.getChannelInfo("a", ChannelAttribute.SUBSCRIPTION_COUNT, ChannelAttribute.USER_COUNT)
                .join();
        client.getChannelInfo("a", ChannelAttribute.USER_COUNT, ChannelAttribute.SUBSCRIPTION_COUNT)
                .join();
        client.getChannelInfo("a").join();

        assertThat(service.requests())
                .extracting(Request::path)
                .containsExactly("/channels/a?info=user_count%2Csubscription_count", "/channels/a");
    }

    @Test
    void aFailureIsNotKept() {
        service.answerInTurn(Reply.of(400, ""), Reply.json("{\"occupied\":true}"));

        assertThatThrownBy(() -> client.getChannelInfo("a").join()).hasCauseInstanceOf(LatteStreamApiException.class);
        assertThat(client.getChannelInfo("a").join().occupied()).isTrue();
    }

    @Test
    void terminatingAUserClearsTheCache() {
        client.getChannelInfo("a").join();
        client.terminateUserConnections("1").join();
        client.getChannelInfo("a").join();

        assertThat(service.requests()).hasSize(3);
    }

    @Test
    void aCacheTimeoutOfZeroKeepsNothing() {
        use(builder().cacheTimeout(Duration.ZERO));

        client.getChannelInfo("a").join();
        client.getChannelInfo("a").join();

        assertThat(service.requests()).hasSize(2);
    }

    @Test
    void equalQueriesShareOneRequestAndAreCancelledIndependently() {
        CountDownLatch release = service.answerWhenReleased("{\"occupied\":true}");

        CompletableFuture<ChannelInfo> first = client.getChannelInfo("a");
        CompletableFuture<ChannelInfo> second = client.getChannelInfo("a");
        first.cancel(true);
        release.countDown();

        assertThat(second.join().occupied()).isTrue();
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aClosedClientRejectsCalls() {
        client.close();
        client.close();

        assertThatThrownBy(() -> client.trigger("a", "e", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.getChannelInfo("a")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> client.flushBatch()).isInstanceOf(IllegalStateException.class);
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void closingFailsQueriesWithoutAResponse() {
        CountDownLatch release = service.answerWhenReleased("{}");
        CompletableFuture<ChannelInfo> open = client.getChannelInfo("a");
        await().until(() -> service.requests().size() == 1);

        client.close();

        assertThatThrownBy(open::join).hasCauseInstanceOf(LatteStreamException.class);
        release.countDown();
    }

    @Test
    void leavesNoThreadBehind() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        LatteStreamClient closed = builder().build();
        closed.trigger("a", "e", 1).join();

        closed.close();

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .noneMatch(thread -> thread.getName().startsWith("lattestream-")
                        && !thread.getName().startsWith("lattestream-callback")));
    }

    @Test
    void verifiesWebhooksWithItsSecret() {
        byte[] body = {'{', '}'};

        assertThat(client.verifyWebhookSignature(body, client.generateWebhookSignature(body)))
                .isTrue();
        assertThat(client.verifyWebhookSignature(body, null)).isFalse();
    }

    static final class Unwritable {

        @JsonValue
        @SuppressWarnings("DoNotCallSuggester")
        String json() {
            throw new IllegalStateException("broken getter");
        }
    }
}
