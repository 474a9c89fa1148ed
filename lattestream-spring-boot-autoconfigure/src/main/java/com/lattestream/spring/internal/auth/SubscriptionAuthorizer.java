package com.lattestream.spring.internal.auth;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.internal.Callbacks;
import com.lattestream.core.internal.logging.RateLimitedLogger;
import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.auth.ChannelAuthorizedEvent;
import com.lattestream.spring.auth.ChannelDecision;
import com.lattestream.spring.auth.ChannelRefusedEvent;
import com.lattestream.spring.auth.ChannelSubscription;
import com.lattestream.spring.auth.PresenceMemberResolver;
import com.lattestream.spring.internal.Timeouts;
import com.lattestream.spring.internal.auth.AuthorizationOutcomeListener.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Authorizes the subscription of an authenticated user: obtains the decision, the presence member and the signature,
 * and creates the response. A failure always results in a refusal or an error, never in a grant. Thread-safe.
 */
public final class SubscriptionAuthorizer {

    private static final Logger logger = LoggerFactory.getLogger(SubscriptionAuthorizer.class);

    private static final boolean SECURITY_PRESENT = ClassUtils.isPresent(
            "org.springframework.security.access.AccessDeniedException", SubscriptionAuthorizer.class.getClassLoader());

    private static final Duration DECISION_TIMEOUT = Duration.ofSeconds(10);

    // less than the 30 seconds after which servlet containers time out, and the service closes the browser's connection
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(25);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RateLimitedLogger decisionFailed =
            new RateLimitedLogger(logger, Level.WARN, "channel_decision_failed", "subscriptions");

    private final RateLimitedLogger auditFailed =
            new RateLimitedLogger(logger, Level.WARN, "channel_audit_failed", "decisions");

    private final AuthorizationProblems problems = new AuthorizationProblems();

    private final ChannelAuthorizationManager manager;

    private final PresenceMemberResolver members;

    private final AuthorizationSigner signer;

    private final ApplicationEventPublisher events;

    private final AuthorizationOutcomeListener listener;

    private final Duration decisionTimeout;

    private final Duration responseTimeout;

    /**
     * Creates an authorizer.
     * @param manager makes the decisions
     * @param members supplies the presence member if the decision has none
     * @param signer signs granted subscriptions
     * @param events publishes each decision
     * @param listener is notified of the outcome of each request
     */
    public SubscriptionAuthorizer(
            ChannelAuthorizationManager manager,
            PresenceMemberResolver members,
            AuthorizationSigner signer,
            ApplicationEventPublisher events,
            AuthorizationOutcomeListener listener) {
        this(manager, members, signer, events, listener, DECISION_TIMEOUT, RESPONSE_TIMEOUT);
    }

    SubscriptionAuthorizer(
            ChannelAuthorizationManager manager,
            PresenceMemberResolver members,
            AuthorizationSigner signer,
            ApplicationEventPublisher events,
            AuthorizationOutcomeListener listener,
            Duration decisionTimeout,
            Duration responseTimeout) {
        this.manager = manager;
        this.members = members;
        this.signer = signer;
        this.events = events;
        this.listener = listener;
        this.decisionTimeout = decisionTimeout;
        this.responseTimeout = responseTimeout;
    }

    /**
     * Returns the response to a request without an authenticated user.
     * @return the response, with status 403
     */
    public ResponseEntity<byte[]> unauthenticated() {
        listener.onOutcome(Outcome.ANONYMOUS);
        return AuthorizationProblems.forbidden("Only authenticated users may subscribe to this channel");
    }

    /**
     * Returns the response to a request that is not valid.
     * @param rejected the reason
     * @return the response, with problem details
     */
    public ResponseEntity<byte[]> malformed(RejectedRequestException rejected) {
        listener.onOutcome(Outcome.MALFORMED);
        return AuthorizationProblems.of(rejected);
    }

    /**
     * Returns the response to a valid request of an authenticated user. The future completes within the response
     * timeout, and never with an exception. Authorizers run on the calling thread, and may block it.
     * @param subscription the subscription
     * @param continuation executes the steps that follow an asynchronous decision; these may block
     * @return the response
     */
    public CompletableFuture<ResponseEntity<byte[]>> authorize(
            ChannelSubscription subscription, Executor continuation) {
        CompletableFuture<@Nullable Signed> decidedAndSigned = decide(subscription, continuation)
                .thenCompose(
                        grant -> grant == null ? CompletableFuture.completedFuture(null) : sign(subscription, grant));
        return Timeouts.orTimeout(decidedAndSigned, responseTimeout)
                .thenApply(signed -> signed == null ? refused(subscription) : authorized(subscription, signed))
                .exceptionally(failure -> failed(Callbacks.unwrap(failure)));
    }

    // null for a refusal
    private CompletableFuture<@Nullable Grant> decide(ChannelSubscription subscription, Executor continuation) {
        return Timeouts.orTimeout(decision(subscription, continuation), decisionTimeout)
                .thenApply(decision -> decision.isGranted() ? grant(subscription, decision) : null)
                .exceptionally(failure -> {
                    logDecisionFailure(Callbacks.unwrap(failure), subscription);
                    return null;
                });
    }

    // a copy, because the application's stage must not be completed here
    private CompletableFuture<ChannelDecision> decision(ChannelSubscription subscription, Executor continuation) {
        CompletableFuture<ChannelDecision> decided = new CompletableFuture<>();
        try {
            CompletionStage<ChannelDecision> stage = manager.authorize(subscription);
            // not future.isDone(), which a minimal stage, such as CompletableFuture.completedStage(...), does not
            // support
            boolean done = stage instanceof CompletableFuture<?> future
                    && future.toCompletableFuture().isDone();
            // the thread that completes a stage may be an event loop
            CompletionStage<?> handled = stage.whenCompleteAsync(
                    (decision, failure) -> {
                        if (failure == null) {
                            decided.complete(decision);
                        } else {
                            decided.completeExceptionally(failure);
                        }
                    },
                    done ? Runnable::run : continuation);
            // an executor that rejects the continuation
            handled.whenComplete((ignored, failure) -> {
                if (failure != null) {
                    decided.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException | LinkageError ex) {
            decided.completeExceptionally(ex);
        }
        return decided;
    }

    private void logDecisionFailure(Throwable failure, ChannelSubscription subscription) {
        if (SECURITY_PRESENT && AccessDenied.is(failure)) {
            logger.debug("Spring Security denied the call of the authorizer for {}: {}", subscription, failure);
            return;
        }
        decisionFailed.log(
                1, () -> "The authorizer failed, and the subscription was refused: " + subscription, failure);
    }

    private Grant grant(ChannelSubscription subscription, ChannelDecision decision) {
        if (!subscription.isPresence()) {
            return new Grant(null);
        }
        return new Grant(decision.member().orElseGet(() -> members.resolve(subscription)));
    }

    private CompletableFuture<@Nullable Signed> sign(ChannelSubscription subscription, Grant grant) {
        return signer.sign(subscription.socketId(), subscription.channel(), grant.member())
                .thenApply(authorization -> new Signed(authorization, grant.memberId()));
    }

    private ResponseEntity<byte[]> refused(ChannelSubscription subscription) {
        publish(new ChannelRefusedEvent(subscription.user(), subscription.socketId(), subscription.channel()));
        listener.onOutcome(Outcome.REFUSED);
        return AuthorizationProblems.forbidden("This user may not subscribe to this channel");
    }

    private ResponseEntity<byte[]> authorized(ChannelSubscription subscription, Signed signed) {
        ResponseEntity<byte[]> response = ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .headers(AuthorizationProblems::noStore)
                .body(JSON.writeValueAsBytes(signed.authorization()));
        publish(new ChannelAuthorizedEvent(
                subscription.user(), subscription.socketId(), subscription.channel(), signed.memberId()));
        listener.onOutcome(Outcome.GRANTED);
        return response;
    }

    // a listener that fails does not change the decision
    private void publish(Object event) {
        try {
            events.publishEvent(event);
        } catch (RuntimeException ex) {
            auditFailed.log(1, () -> "A listener of " + event + " failed; the decision is not changed", ex);
        }
    }

    private ResponseEntity<byte[]> failed(Throwable failure) {
        listener.onOutcome(Outcome.FAILED);
        return problems.of(failure);
    }

    /** Loaded only if Spring Security is present. */
    private static final class AccessDenied {

        static boolean is(Throwable failure) {
            return failure instanceof org.springframework.security.access.AccessDeniedException;
        }
    }

    private record Grant(@Nullable PresenceMember member) {

        private @Nullable String memberId() {
            return member == null ? null : member.userId();
        }
    }

    private record Signed(
            ChannelAuthorization authorization, @Nullable String memberId) {}
}
