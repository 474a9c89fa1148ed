package com.lattestream.spring.internal.webhook.servlet;

import static com.lattestream.spring.internal.webhook.WebhookFixture.BODY;
import static com.lattestream.spring.internal.webhook.WebhookFixture.PATH;
import static com.lattestream.spring.internal.webhook.WebhookFixture.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.lattestream.spring.internal.webhook.UnverifiedBodyLimiter;
import com.lattestream.spring.internal.webhook.WebhookFixture;
import com.lattestream.spring.internal.webhook.WebhookOutcomeListener.Outcome;
import com.lattestream.spring.internal.webhook.WebhookPath;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

class WebhookFilterTests {

    private static final String SIGNATURE = "X-LatteStream-Signature";

    private static final int MAX_SIZE = 1024;

    private static final byte[] TOO_LONG = new byte[MAX_SIZE + 1];

    private final WebhookFixture webhooks = new WebhookFixture();

    private final UnverifiedBodyLimiter limiter = new UnverifiedBodyLimiter(1, MAX_SIZE, Duration.ofMinutes(1));

    private final GenericWebApplicationContext context = new GenericWebApplicationContext();

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private final List<HttpServletRequest> handled = new ArrayList<>();

    private final HttpRequestHandler handler = (request, result) -> {};

    private FilterChain chain = (request, result) -> handled.add((HttpServletRequest) request);

    private boolean mapped;

    @BeforeEach
    void refresh() {
        context.registerBean(
                SimpleUrlHandlerMapping.class,
                () -> new SimpleUrlHandlerMapping(mapped ? Map.of(PATH, handler) : Map.of(), 5));
        context.registerBean(DefaultHandlers.class);
    }

    /** A handler for all paths, which is not a handler of webhooks. */
    static final class DefaultHandlers extends SimpleUrlHandlerMapping {

        DefaultHandlers() {
            super(Map.of("/**", (HttpRequestHandler) (request, result) -> {}), 10);
        }
    }

    @AfterEach
    void close() {
        context.close();
    }

    private WebhookFilter filter;

    private void filter(HttpServletRequest request) throws ServletException, IOException {
        if (filter == null) {
            context.refresh();
            filter =
                    new WebhookFilter(limiter, webhooks.processor, new WebhookHandlers(new WebhookPath(PATH), context));
        }
        filter.doFilter(request, response, chain);
    }

    private static MockHttpServletRequest request(byte[] body, String signature) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", PATH);
        request.setServletPath(PATH);
        request.setContent(body);
        if (signature != null) {
            request.addHeader(SIGNATURE, signature);
        }
        return request;
    }

    private static MockHttpServletRequest signed() {
        return request(BODY, sign(BODY));
    }

    /** A request whose body has not arrived. */
    private static ClientRequest slow(String signature) {
        ClientRequest request = new ClientRequest("POST", PATH, -1);
        request.addHeader("Transfer-Encoding", "chunked");
        if (signature != null) {
            request.addHeader(SIGNATURE, signature);
        }
        return request;
    }

    private void allBodiesAreClosed() {
        UnverifiedBodyLimiter.Body body = limiter.tryOpen();
        assertThat(body).as("a permit").isNotNull();
        body.close();
    }

    @Test
    void theEventsOfASignedWebhookAreDispatchedAndTheStatusIs204() throws Exception {
        filter(signed());

        assertThat(response.getStatus()).isEqualTo(204);
        assertThat(webhooks.published).hasSize(2);
        assertThat(webhooks.outcomes).containsExactly(Outcome.ACCEPTED);
        assertThat(handled).isEmpty();
        allBodiesAreClosed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "OPTIONS"})
    void otherMethodsAreRefused(String method) throws Exception {
        MockHttpServletRequest request = signed();
        request.setMethod(method);

        filter(request);

        assertThat(response.getStatus()).isEqualTo(405);
        assertThat(response.getHeader("Allow")).isEqualTo("POST");
        assertThat(webhooks.outcomes).containsExactly(Outcome.MALFORMED);
        assertThat(handled).isEmpty();
    }

    @Test
    void theBodyOfARefusedMethodIsDiscardedAfterTheResponse() throws Exception {
        ClientRequest request = new ClientRequest("PUT", PATH, 100);

        filter(request);

        assertThat(response.isCommitted()).isTrue();
        assertThat(request.listener).as("the discarded body").isNotNull();
    }

    @ParameterizedTest
    @CsvSource({",", "no signature", "''"})
    void withoutAWellFormedSignatureTheBodyIsNotRead(String signature) throws Exception {
        ClientRequest request = slow(signature).with(BODY);
        request.setAsyncSupported(false);

        filter(request);

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(webhooks.outcomes).containsExactly(Outcome.INVALID_SIGNATURE);
        assertThat(request.read).isZero();
    }

    @Test
    void aBodyWithAnotherSignatureIsRefused() throws Exception {
        filter(request(BODY, sign(new byte[0])));

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(webhooks.outcomes).containsExactly(Outcome.INVALID_SIGNATURE);
        assertThat(webhooks.published).isEmpty();
        allBodiesAreClosed();
    }

    @Test
    void aBodyWhoseAnnouncedLengthIsTooLongIsNotRead() throws Exception {
        ClientRequest request = new ClientRequest("POST", PATH, MAX_SIZE + 1);
        request.addHeader(SIGNATURE, sign(TOO_LONG));
        request.setAsyncSupported(false);

        filter(request.with(TOO_LONG));

        assertThat(response.getStatus()).isEqualTo(413);
        assertThat(webhooks.outcomes).containsExactly(Outcome.OVERSIZED);
        assertThat(request.read).isZero();
    }

    @Test
    void aBodyMayBeAsLongAsTheLimit() throws Exception {
        byte[] longest = (new String(BODY, StandardCharsets.UTF_8) + " ".repeat(MAX_SIZE - BODY.length))
                .getBytes(StandardCharsets.UTF_8);

        filter(request(longest, sign(longest)));

        assertThat(response.getStatus()).isEqualTo(204);
    }

    @Test
    void aBodyWithoutAnAnnouncedLengthIsReadUpToTheLimit() throws Exception {
        ClientRequest request = slow(sign(TOO_LONG)).with(TOO_LONG);
        request.setAsyncSupported(false);

        filter(request);

        assertThat(response.getStatus()).isEqualTo(413);
        assertThat(webhooks.outcomes).containsExactly(Outcome.OVERSIZED);
        allBodiesAreClosed();
    }

    @Test
    void aBodyThatBreaksOffIsIncomplete() throws Exception {
        ClientRequest request = slow(sign(BODY)).with(new byte[] {'{'});
        request.setAsyncSupported(false);
        request.breakOff();

        filter(request);

        assertThat(response.getStatus()).isEqualTo(408);
        assertThat(webhooks.outcomes).containsExactly(Outcome.INCOMPLETE);
        allBodiesAreClosed();
    }

    @Test
    void aBodyThatTakesTooLongIsIncomplete() throws Exception {
        context.refresh();
        filter = new WebhookFilter(
                new UnverifiedBodyLimiter(1, MAX_SIZE, Duration.ZERO),
                webhooks.processor,
                new WebhookHandlers(new WebhookPath(PATH), context));

        filter(signed());

        assertThat(response.getStatus()).isEqualTo(408);
        assertThat(webhooks.outcomes).containsExactly(Outcome.INCOMPLETE);
    }

    @Test
    void whenTooManyBodiesAreBeingReadTheServiceRetriesLater() throws Exception {
        assertThat(limiter.tryOpen()).isNotNull();

        filter(signed());

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(webhooks.outcomes).containsExactly(Outcome.OVERLOADED);
    }

    @Test
    void aReplayedWebhookIsAcknowledgedAndNotDispatched() throws Exception {
        filter(signed());
        webhooks.published.clear();

        filter(signed());

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(webhooks.published).isEmpty();
        assertThat(webhooks.outcomes).containsExactly(Outcome.ACCEPTED, Outcome.REPLAYED);
    }

    @Test
    void afterAListenerHasFailedTheWebhookIsDispatchedAgain() throws Exception {
        webhooks.failure = new IllegalStateException("the listener failed");
        filter(signed());
        assertThat(response.getStatus()).isEqualTo(500);

        webhooks.failure = null;
        filter(signed());

        assertThat(response.getStatus()).isEqualTo(204);
        assertThat(webhooks.outcomes).containsExactly(Outcome.FAILED, Outcome.ACCEPTED);
    }

    @Test
    void aHandlerReceivesTheVerifiedRequestAndResponds() throws Exception {
        mapped = true;
        chain = (request, result) -> {
            handled.add((HttpServletRequest) request);
            ((HttpServletResponse) result).setStatus(202);
        };

        filter(signed());

        assertThat(response.getStatus()).isEqualTo(202);
        assertThat(webhooks.published).hasSize(2);
        assertThat(webhooks.outcomes).containsExactly(Outcome.ACCEPTED);
        HttpServletRequest received = handled.get(0);
        assertThat(received.getInputStream().readAllBytes()).isEqualTo(BODY);
        assertThat(received.getInputStream().readAllBytes()).isEqualTo(BODY);
        assertThat(VerifiedWebhook.of(received).payloadOf(BODY)).isNotNull();
        assertThat(VerifiedWebhook.of(received).payloadOf(new byte[0])).isNull();
    }

    @Test
    void aHandlerIsNotCalledIfAListenerHasFailed() throws Exception {
        mapped = true;
        webhooks.failure = new IllegalStateException("the listener failed");

        filter(signed());

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(handled).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"399, ACCEPTED", "400, FAILED", "500, FAILED"})
    void theStatusOfAHandlerDecidesWhetherTheWebhookIsRedelivered(int status, Outcome outcome) throws Exception {
        mapped = true;
        chain = (request, result) -> ((HttpServletResponse) result).setStatus(status);

        filter(signed());

        assertThat(webhooks.outcomes).containsExactly(outcome);
        filter(signed());
        assertThat(webhooks.outcomes).last().isEqualTo(outcome == Outcome.ACCEPTED ? Outcome.REPLAYED : outcome);
    }

    @Test
    void anExceptionOfAHandlerFailsTheWebhook() {
        mapped = true;
        chain = (request, result) -> {
            throw new IllegalStateException("the handler failed");
        };

        assertThatIllegalStateException().isThrownBy(() -> filter(signed())).withMessage("the handler failed");

        assertThat(webhooks.outcomes).containsExactly(Outcome.FAILED);
    }

    @Test
    void aVerifiedRequestThatIsDispatchedAgainIsPassedOn() throws Exception {
        MockHttpServletRequest request = signed();
        VerifiedWebhook.mark(request, webhooks.delivery());

        filter(request);

        assertThat(handled).containsExactly(request);
        assertThat(webhooks.outcomes).isEmpty();
    }

    private MockAsyncContext handledAsynchronously() throws Exception {
        mapped = true;
        chain = (request, result) -> request.startAsync();
        MockHttpServletRequest request = signed();
        request.setAsyncSupported(true);

        filter(request);

        assertThat(webhooks.outcomes).isEmpty();
        return (MockAsyncContext) request.getAsyncContext();
    }

    @Test
    void aHandlerThatRespondsLaterDecidesTheOutcomeWhenItIsComplete() throws Exception {
        MockAsyncContext async = handledAsynchronously();

        response.setStatus(500);
        async.complete();

        assertThat(webhooks.outcomes).containsExactly(Outcome.FAILED);
    }

    @Test
    void aHandlerThatSucceedsLaterAcceptsTheWebhook() throws Exception {
        MockAsyncContext async = handledAsynchronously();

        async.complete();

        assertThat(webhooks.outcomes).containsExactly(Outcome.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHandlerThatFailsOrTimesOutLaterFailsTheWebhookRegardlessOfTheStatus(boolean timeout) throws Exception {
        MockAsyncContext async = handledAsynchronously();
        AsyncListener listener = async.getListeners().get(0);

        if (timeout) {
            listener.onTimeout(new AsyncEvent(async));
        } else {
            listener.onError(new AsyncEvent(async));
        }
        async.complete();

        assertThat(webhooks.outcomes).containsExactly(Outcome.FAILED);
    }

    @Test
    void anAsynchronousRequestThatIsStartedAgainIsStillCompleted() throws Exception {
        MockAsyncContext async = handledAsynchronously();
        AsyncListener listener = async.getListeners().get(0);
        MockAsyncContext again = new MockAsyncContext(signed(), response);

        listener.onStartAsync(new AsyncEvent(again));
        again.complete();

        assertThat(webhooks.outcomes).containsExactly(Outcome.ACCEPTED);
    }

    @Test
    void aBodyThatHasNotArrivedIsReadWithoutTheThreadAndThenDispatched() throws Exception {
        ClientRequest request = slow(sign(BODY));
        filter(request);
        MockAsyncContext async = (MockAsyncContext) request.getAsyncContext();
        assertThat(async.getTimeout()).isEqualTo(60_000);
        boolean[] dispatched = new boolean[1];
        async.addDispatchHandler(() -> dispatched[0] = true);

        request.send(new String(BODY, StandardCharsets.UTF_8).substring(0, 10).getBytes(StandardCharsets.UTF_8));
        assertThat(limiter.tryOpen()).as("a permit while the body is read").isNull();
        request.send(new String(BODY, StandardCharsets.UTF_8).substring(10).getBytes(StandardCharsets.UTF_8));
        assertThat(dispatched[0]).isFalse();
        request.end();

        assertThat(dispatched[0]).isTrue();
        allBodiesAreClosed();
        assertThat(webhooks.outcomes).isEmpty();
        request.setDispatcherType(DispatcherType.ASYNC);
        request.setAsyncStarted(false);
        filter(request);
        assertThat(response.getStatus()).isEqualTo(204);
        assertThat(webhooks.outcomes).containsExactly(Outcome.ACCEPTED);
        assertThat(AsyncBodyReader.takeSignedBody(request)).isNull();
    }

    @Test
    void aBodyWithAnotherSignatureThatArrivesLaterIsRefused() throws Exception {
        ClientRequest request = slow(sign(new byte[0]));
        filter(request);

        request.send(BODY);
        request.end();

        assertThat(response.getStatus()).isEqualTo(401);
        assertThat(webhooks.outcomes).containsExactly(Outcome.INVALID_SIGNATURE);
        assertThat(request.isAsyncStarted()).isFalse();
        assertThat(AsyncBodyReader.takeSignedBody(request)).isNull();
        allBodiesAreClosed();
    }

    @Test
    void aBodyThatBecomesTooLongIsRefusedImmediatelyAndTheRestIsDiscarded() throws Exception {
        ClientRequest request = slow(sign(TOO_LONG));
        filter(request);

        request.send(TOO_LONG);

        assertThat(response.getStatus()).isEqualTo(413);
        assertThat(response.isCommitted()).isTrue();
        assertThat(response.getHeader("Connection")).isEqualTo("close");
        assertThat(response.getHeader("Content-Length")).isEqualTo("0");
        assertThat(webhooks.outcomes).containsExactly(Outcome.OVERSIZED);
        allBodiesAreClosed();
        assertThat(request.isAsyncStarted()).isTrue();

        request.send(new byte[100]);
        assertThat(request.read).isEqualTo(TOO_LONG.length + 100);
        request.end();

        assertThat(request.isAsyncStarted()).isFalse();
        assertThat(webhooks.outcomes).containsExactly(Outcome.OVERSIZED);
    }

    @Test
    void atMost256KibibytesOfARefusedBodyAreDiscarded() throws Exception {
        ClientRequest request = slow(sign(TOO_LONG));
        filter(request);
        request.send(TOO_LONG);

        request.send(new byte[256 * 1024]);
        assertThat(request.isAsyncStarted()).isTrue();
        request.send(new byte[1]);

        assertThat(request.isAsyncStarted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBodyThatDoesNotArriveInTimeIsIncomplete(boolean timeout) throws Exception {
        ClientRequest request = slow(sign(BODY));
        filter(request);
        MockAsyncContext async = (MockAsyncContext) request.getAsyncContext();
        AsyncListener listener = async.getListeners().get(0);

        if (timeout) {
            listener.onTimeout(new AsyncEvent(async));
        } else {
            request.breakOff();
        }
        // Tomcat reports an error to both listeners
        listener.onError(new AsyncEvent(async));

        assertThat(response.getStatus()).isEqualTo(408);
        assertThat(webhooks.outcomes).containsExactly(Outcome.INCOMPLETE);
        assertThat(request.isAsyncStarted()).isFalse();
        allBodiesAreClosed();
    }

    @Test
    void aRefusedBodyThatBreaksOffHasOneOutcome() throws Exception {
        ClientRequest request = slow(sign(TOO_LONG));
        filter(request);
        request.send(TOO_LONG);

        request.breakOff();

        assertThat(webhooks.outcomes).containsExactly(Outcome.OVERSIZED);
        assertThat(request.isAsyncStarted()).isFalse();
    }

    @Test
    void afterTheContainerHasCompletedTheRequestTheBodyIsClosed() throws Exception {
        ClientRequest request = slow(sign(BODY));
        filter(request);

        ((MockAsyncContext) request.getAsyncContext()).complete();

        allBodiesAreClosed();
    }

    @Test
    void aBodyThatCanOnlyBeReadByBlockingIsRead() throws Exception {
        ClientRequest request = slow(sign(BODY)).with(BODY);
        request.refusesListeners = true;

        filter(request);

        assertThat(AsyncBodyReader.takeSignedBody(request)).isEqualTo(BODY);
        allBodiesAreClosed();
    }

    @Test
    void aLongBodyThatCanOnlyBeReadByBlockingIsRefused() throws Exception {
        ClientRequest request = slow(sign(TOO_LONG)).with(TOO_LONG);
        request.refusesListeners = true;

        filter(request);

        assertThat(response.getStatus()).isEqualTo(413);
        assertThat(request.isAsyncStarted()).isFalse();
        allBodiesAreClosed();
    }

    @Test
    void aFailureToStartReadingClosesTheBody() {
        ClientRequest request = new ClientRequest("POST", PATH, -1) {

            @Override
            public AsyncContext startAsync() {
                throw new IllegalStateException("not supported");
            }
        };
        request.addHeader("Transfer-Encoding", "chunked");
        request.addHeader(SIGNATURE, sign(BODY));

        assertThatIllegalStateException().isThrownBy(() -> filter(request));

        allBodiesAreClosed();
    }

    @Test
    void withAHandlerTheBodyIsReadOnTheThreadOfTheContainer() throws Exception {
        mapped = true;
        ClientRequest request = slow(sign(BODY)).with(BODY);

        filter(request);

        assertThat(request.listener).isNull();
        assertThat(handled).hasSize(1);
    }
}
