package com.lattestream.spring.internal.webhook.reactive;

import static com.lattestream.spring.internal.webhook.WebhookFixture.BODY;
import static com.lattestream.spring.internal.webhook.WebhookFixture.NOW;
import static com.lattestream.spring.internal.webhook.WebhookFixture.PATH;
import static com.lattestream.spring.internal.webhook.WebhookFixture.sign;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.internal.webhook.UnverifiedBodyLimiter;
import com.lattestream.spring.internal.webhook.WebhookFixture;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import com.lattestream.spring.internal.webhook.WebhookPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebHandler;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class WebhookWebFilterTests {

    private static final Duration MOMENT = Duration.ofSeconds(30);

    private static final int MAX_SIZE = 1024 * 1024;

    private final WebhookFixture webhooks = new WebhookFixture();

    private final UnverifiedBodyLimiter limiter = new UnverifiedBodyLimiter(1, MAX_SIZE, Duration.ofSeconds(20));

    private final GenericApplicationContext context = new GenericApplicationContext();

    private final List<ServerWebExchange> handled = new CopyOnWriteArrayList<>();

    private WebFilterChain chain = exchange -> {
        handled.add(exchange);
        return Mono.empty();
    };

    private @Nullable WebhookWebFilter filter;

    private boolean mapped;

    @AfterEach
    void close() {
        context.close();
    }

    private Mono<Void> filtered(ServerWebExchange exchange) {
        if (filter == null) {
            WebHandler handler = handled -> Mono.empty();
            SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping(mapped ? Map.of(PATH, handler) : Map.of());
            context.registerBean(SimpleUrlHandlerMapping.class, () -> mapping);
            context.refresh();
            filter = new WebhookWebFilter(
                    limiter, webhooks.processor, new WebhookHandlers(new WebhookPath(PATH), context));
        }
        return filter.filter(exchange, chain);
    }

    private MockServerHttpResponse filter(MockServerWebExchange exchange) {
        filtered(exchange).block(MOMENT);
        return exchange.getResponse();
    }

    private static DataBuffer buffer(byte[] bytes) {
        return DefaultDataBufferFactory.sharedInstance.wrap(bytes);
    }

    private static MockServerHttpRequest.BodyBuilder request(HttpMethod method, String path, String signature) {
        MockServerHttpRequest.BodyBuilder request = MockServerHttpRequest.method(method, path);
        return signature == null ? request : request.header("X-LatteStream-Signature", signature);
    }

    private static MockServerWebExchange exchange(byte[] body, String signature) {
        return MockServerWebExchange.from(
                request(HttpMethod.POST, PATH, signature).body(Flux.just(buffer(body))));
    }

    private static MockServerWebExchange signed() {
        return exchange(BODY, sign(BODY));
    }

    /** A body that counts its subscribers. */
    private static MockServerWebExchange counting(MockServerHttpRequest.BodyBuilder request, AtomicInteger read) {
        return MockServerWebExchange.from(
                request.body(Flux.just(buffer(BODY)).doOnSubscribe(subscription -> read.incrementAndGet())));
    }

    private void allBodiesAreClosed() {
        UnverifiedBodyLimiter.Body body = limiter.tryOpen();
        assertThat(body).as("a permit").isNotNull();
        body.close();
    }

    private static void isClosedAfter(MockServerHttpResponse response) {
        assertThat(response.getHeaders().getFirst("Connection")).isEqualTo("close");
        assertThat(response.getHeaders().getContentLength()).isZero();
        assertThat(response.isCommitted()).isTrue();
    }

    @Test
    void theFilterIsDirectlyBeforeThoseOfSpringSecurity() {
        filtered(signed());

        assertThat(filter.getOrder()).isEqualTo(-101);
    }

    @Test
    void theEventsOfASignedWebhookAreDispatchedAndTheStatusIs204() {
        MockServerHttpResponse response = filter(signed());

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        assertThat(webhooks.published).hasSize(2);
        assertThat(webhooks.outcomes).containsExactly(Outcome.ACCEPTED);
        assertThat(handled).isEmpty();
        allBodiesAreClosed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other", PATH + "/", "/webhooks/lattestream;a=b"})
    void requestsOnOtherPathsAreNotFiltered(String path) {
        MockServerWebExchange exchange = counting(request(HttpMethod.POST, path, sign(BODY)), new AtomicInteger());

        filter(exchange);

        assertThat(handled).containsExactly(exchange);
        assertThat(webhooks.outcomes).isEmpty();
    }

    @Test
    void aVerifiedRequestIsPassedOn() {
        MockServerWebExchange exchange = signed();
        VerifiedWebhook.mark(exchange, webhooks.delivery());

        filter(exchange);

        assertThat(handled).containsExactly(exchange);
        assertThat(webhooks.published).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "OPTIONS"})
    void otherMethodsAreRefused(String method) {
        AtomicInteger read = new AtomicInteger();

        MockServerHttpResponse response = filter(counting(request(HttpMethod.valueOf(method), PATH, sign(BODY)), read));

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.METHOD_NOT_ALLOWED);
        assertThat(response.getHeaders().getFirst("Allow")).isEqualTo("POST");
        isClosedAfter(response);
        assertThat(webhooks.outcomes).containsExactly(Outcome.MALFORMED);
        assertThat(read).as("the discarded body").hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({",", "no signature", "''"})
    void withoutAWellFormedSignatureTheRequestIsRefused(String signature) {
        AtomicInteger read = new AtomicInteger();

        MockServerHttpResponse response = filter(counting(request(HttpMethod.POST, PATH, signature), read));

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        isClosedAfter(response);
        assertThat(webhooks.outcomes).containsExactly(Outcome.INVALID_SIGNATURE);
        assertThat(read).as("the discarded body").hasValue(1);
    }

    @Test
    void aBodyWithAnotherSignatureIsRefused() {
        MockServerHttpResponse response = filter(exchange(BODY, sign(new byte[0])));

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(webhooks.outcomes).containsExactly(Outcome.INVALID_SIGNATURE);
        assertThat(webhooks.published).isEmpty();
        allBodiesAreClosed();
    }

    @ParameterizedTest
    @CsvSource({"1048577, 413", "1048576, 204"})
    void theAnnouncedLengthIsLimited(long length, int status) {
        MockServerHttpResponse response =
                filter(counting(request(HttpMethod.POST, PATH, sign(BODY)).contentLength(length), new AtomicInteger()));

        assertThat(response.getStatusCode().value()).isEqualTo(status);
        assertThat(webhooks.outcomes).containsExactly(status == 413 ? Outcome.OVERSIZED : Outcome.ACCEPTED);
    }

    @Test
    void aBodyWithoutAnAnnouncedLengthIsReadUpToTheLimit() {
        MockServerHttpResponse response = filter(exchange(new byte[MAX_SIZE + 1], sign(BODY)));

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.CONTENT_TOO_LARGE);
        isClosedAfter(response);
        assertThat(webhooks.outcomes).containsExactly(Outcome.OVERSIZED);
        allBodiesAreClosed();
    }

    @Test
    void whenTooManyBodiesAreBeingReadTheServiceRetriesLater() {
        assertThat(limiter.tryOpen()).isNotNull();

        MockServerHttpResponse response = filter(signed());

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
        assertThat(response.getHeaders().getFirst("Retry-After")).isEqualTo("1");
        assertThat(webhooks.outcomes).containsExactly(Outcome.OVERLOADED);
    }

    @Test
    void aReplayedWebhookIsAcknowledgedAndNotDispatched() {
        filter(signed());
        webhooks.published.clear();

        assertThat(filter(signed()).getStatusCode()).isEqualTo(HttpStatus.OK);
        assertThat(webhooks.published).isEmpty();
        assertThat(webhooks.outcomes).containsExactly(Outcome.ACCEPTED, Outcome.REPLAYED);
    }

    @Test
    void afterAListenerHasFailedTheWebhookIsDispatchedAgain() {
        mapped = true;
        webhooks.failure = new IllegalStateException("the listener failed");
        assertThat(filter(signed()).getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(handled).isEmpty();

        webhooks.failure = null;
        filter(signed());

        assertThat(webhooks.outcomes).containsExactly(Outcome.FAILED, Outcome.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({"65536, false", "65537, true"})
    void aLargeBodyIsVerifiedOnAThreadThatMayBlock(int size, boolean onScheduler) {
        byte[] body = (new String(BODY, UTF_8) + " ".repeat(size - BODY.length)).getBytes(UTF_8);

        assertThat(filter(exchange(body, sign(body))).getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);

        assertThat(webhooks.verifyingThreads.get(0).startsWith("boundedElastic-"))
                .isEqualTo(onScheduler);
    }

    @Test
    void aHandlerReceivesTheVerifiedRequestAndResponds() {
        mapped = true;
        WebhookPayload[] decoded = new WebhookPayload[1];
        chain = exchange -> {
            handled.add(exchange);
            exchange.getResponse().setStatusCode(HttpStatus.ACCEPTED);
            return new WebhookPayloadDecoder()
                    .decodeToMono(
                            exchange.getRequest().getBody(), ResolvableType.forClass(WebhookPayload.class), null, null)
                    .doOnNext(payload -> decoded[0] = payload)
                    .then();
        };

        MockServerHttpResponse response = filter(signed());

        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
        assertThat(webhooks.outcomes).containsExactly(Outcome.ACCEPTED);
        assertThat(decoded[0]).isEqualTo(webhooks.published.get(1));
        ServerWebExchange received = handled.get(0);
        assertThat(VerifiedWebhook.of(received)).isNotNull();
        assertThat(DataBufferUtils.join(received.getRequest().getBody())
                        .map(DataBuffer::readableByteCount)
                        .block(MOMENT))
                .isEqualTo(BODY.length);
        assertThat(received.getFormData().block(MOMENT)).isEmpty();
        assertThat(received.getMultipartData().block(MOMENT)).isEmpty();
    }

    @Test
    void aHandlerThatChangesTheBytesOfTheBodyDoesNotChangeThemForOthers() {
        mapped = true;
        filter(signed());

        DataBuffer first = handled.get(0).getRequest().getBody().blockFirst(MOMENT);
        first.writePosition(0);
        first.write((byte) '!');
        DataBuffer second = handled.get(0).getRequest().getBody().blockFirst(MOMENT);

        assertThat(second.read()).isEqualTo((byte) '{');
    }

    @ParameterizedTest
    @CsvSource({"399, ACCEPTED", "400, FAILED", "500, FAILED"})
    void theStatusOfAHandlerDecidesWhetherTheWebhookIsRedelivered(int status, Outcome outcome) {
        mapped = true;
        chain = exchange -> {
            exchange.getResponse().setRawStatusCode(status);
            return Mono.empty();
        };

        filter(signed());

        assertThat(webhooks.outcomes).containsExactly(outcome);
    }

    @Test
    void aHandlerThatSetsNoStatusHasSucceeded() {
        mapped = true;

        filter(signed());

        assertThat(handled).hasSize(1);
        assertThat(webhooks.outcomes).containsExactly(Outcome.ACCEPTED);
    }

    @Test
    void anExceptionOfAHandlerFailsTheWebhook() {
        mapped = true;
        chain = exchange -> Mono.error(new IllegalStateException("the handler failed"));

        assertThat(filtered(signed()).materialize().block(MOMENT).getThrowable())
                .hasMessage("the handler failed");

        assertThat(webhooks.outcomes).containsExactly(Outcome.FAILED);
        allBodiesAreClosed();
    }

    @Test
    void listenersAndTheReplayGuardRunOnThreadsThatMayBlock() {
        List<String> threads = new CopyOnWriteArrayList<>();
        mapped = true;
        chain = exchange ->
                Mono.fromRunnable(() -> threads.add(Thread.currentThread().getName()));

        filtered(signed()).subscribeOn(Schedulers.parallel()).block(MOMENT);

        assertThat(threads).singleElement().asString().startsWith("boundedElastic-");
    }

    @Test
    void aClientThatDisconnectsDoesNotInterruptTheDispatch() throws Exception {
        mapped = true;
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch disconnected = new CountDownLatch(1);
        chain = exchange -> Mono.fromCallable(() -> {
            reached.countDown();
            assertThat(disconnected.await(30, TimeUnit.SECONDS)).isTrue();
            return null;
        });

        Disposable request = filtered(signed()).subscribe();
        assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
        request.dispose();
        allBodiesAreClosed();
        disconnected.countDown();

        await().untilAsserted(() -> assertThat(webhooks.outcomes).containsExactly(Outcome.ACCEPTED));
    }

    @Test
    void aClientThatDisconnectsWhileItsBodyIsReadFreesItsPlace() {
        boolean[] cancelled = new boolean[1];
        MockServerWebExchange exchange = MockServerWebExchange.from(request(HttpMethod.POST, PATH, sign(BODY))
                .body(Flux.<DataBuffer>never().doOnCancel(() -> cancelled[0] = true)));

        Disposable request = filtered(exchange).subscribe();
        assertThat(limiter.tryOpen()).isNull();
        request.dispose();

        assertThat(cancelled[0]).isTrue();
        allBodiesAreClosed();
    }

    @Test
    void aVerifiedBodyThatHasAThreadNoLongerCountsAsWaiting() {
        // more than the limit of those that wait
        for (int i = 0; i < 20; i++) {
            byte[] large = ("{\"time_ms\":" + NOW.toEpochMilli() + ",\"number\":" + i + ",\"events\":[]}"
                            + " ".repeat(MAX_SIZE - 100))
                    .getBytes(UTF_8);
            assertThat(filter(exchange(large, sign(large))).getStatusCode()).isEqualTo(HttpStatus.NO_CONTENT);
        }

        assertThat(webhooks.outcomes).hasSize(20).containsOnly(Outcome.ACCEPTED);
    }
}
