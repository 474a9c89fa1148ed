package com.lattestream.spring.internal.auth;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.internal.logging.LogEvent;
import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.auth.ChannelAuthorizedEvent;
import com.lattestream.spring.auth.ChannelDecision;
import com.lattestream.spring.auth.ChannelRefusedEvent;
import com.lattestream.spring.auth.ChannelSubscription;
import com.lattestream.spring.auth.PresenceMemberResolver;
import com.lattestream.spring.internal.auth.AuthorizationListener.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers the browser client's question for an authorization: reads it, has it decided, and signs. Nobody who is not
 * logged in gets that far, and whatever fails is a no. Thread-safe.
 */
public final class ChannelAuthorizationEndpoint {

    private static final Duration DECISION_LIMIT = Duration.ofSeconds(10);

    // less than the 30 seconds after which servlet containers give up, and the service closes the browser's connection
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(25);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LogEvent decisionFailed = new LogEvent(
            LoggerFactory.getLogger(ChannelAuthorizationEndpoint.class), Level.WARN, "channel_decision_failed");

    private final Problems problems = new Problems();

    private final SubscriptionRequestReader reader = new SubscriptionRequestReader();

    private final ChannelAuthorizationManager manager;

    private final PresenceMemberResolver members;

    private final AuthorizationSigner signer;

    private final ApplicationEventPublisher events;

    private final AuthorizationListener listener;

    private final Duration decisionLimit;

    private final Duration answerLimit;

    /**
     * Creates an endpoint.
     * @param manager decides
     * @param members says as whom a user joins
     * @param signer makes what the browser shows to the service
     * @param events is told of decisions
     * @param listener hears how each question is answered
     */
    public ChannelAuthorizationEndpoint(
            ChannelAuthorizationManager manager,
            PresenceMemberResolver members,
            AuthorizationSigner signer,
            ApplicationEventPublisher events,
            AuthorizationListener listener) {
        this(manager, members, signer, events, listener, DECISION_LIMIT, ANSWER_LIMIT);
    }

    ChannelAuthorizationEndpoint(
            ChannelAuthorizationManager manager,
            PresenceMemberResolver members,
            AuthorizationSigner signer,
            ApplicationEventPublisher events,
            AuthorizationListener listener,
            Duration decisionLimit,
            Duration answerLimit) {
        this.manager = manager;
        this.members = members;
        this.signer = signer;
        this.events = events;
        this.listener = listener;
        this.decisionLimit = decisionLimit;
        this.answerLimit = answerLimit;
    }

    /**
     * Answers a request.
     * @param request the request
     * @return the answer, JSON in any case
     * @throws IOException if the request cannot be read to its end
     */
    public CompletionStage<ResponseEntity<byte[]>> authorize(HttpServletRequest request) throws IOException {
        Principal user = request.getUserPrincipal();
        if (user == null) {
            listener.onAnswer(Outcome.ANONYMOUS);
            return CompletableFuture.completedFuture(
                    Problems.forbidden("Nobody is logged in: only users may subscribe to this channel"));
        }
        SubscriptionRequest asked;
        try {
            asked = reader.read(request);
        } catch (RejectedRequestException ex) {
            listener.onAnswer(Outcome.MALFORMED);
            return CompletableFuture.completedFuture(Problems.of(ex));
        }
        ChannelSubscription subscription = new ChannelSubscription(user, asked.socketId(), asked.channel(), request);
        return decide(subscription)
                .thenCompose(
                        grant -> grant == null ? CompletableFuture.completedFuture(null) : sign(subscription, grant))
                .orTimeout(answerLimit.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(signed -> signed == null ? refused(subscription) : authorized(subscription, signed))
                .exceptionally(failure -> failed(unwrap(failure)));
    }

    // null for a refusal
    private CompletableFuture<@Nullable Grant> decide(ChannelSubscription subscription) {
        return ask(subscription)
                .orTimeout(decisionLimit.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(decision -> decision.isGranted() ? grantedAs(subscription, decision) : null)
                .exceptionally(failure -> {
                    decisionFailed.log(1, () -> "Refused, as the decision failed: " + subscription, unwrap(failure));
                    return null;
                });
    }

    // the application's stage is its own: whatever is done to the copy leaves it alone
    private CompletableFuture<ChannelDecision> ask(ChannelSubscription subscription) {
        CompletableFuture<ChannelDecision> decided = new CompletableFuture<>();
        try {
            manager.authorize(subscription).whenComplete((decision, failure) -> {
                if (failure == null) {
                    decided.complete(decision);
                } else {
                    decided.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException ex) {
            decided.completeExceptionally(ex);
        }
        return decided;
    }

    private Grant grantedAs(ChannelSubscription subscription, ChannelDecision decision) {
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
        events.publishEvent(new ChannelRefusedEvent(
                subscription.user().getName(), subscription.socketId(), subscription.channel()));
        listener.onAnswer(Outcome.REFUSED);
        return Problems.forbidden("This user may not subscribe to this channel");
    }

    private ResponseEntity<byte[]> failed(Throwable failure) {
        listener.onAnswer(Outcome.FAILED);
        return problems.of(failure);
    }

    private ResponseEntity<byte[]> authorized(ChannelSubscription subscription, Signed signed) {
        events.publishEvent(new ChannelAuthorizedEvent(
                subscription.user().getName(), subscription.socketId(), subscription.channel(), signed.memberId()));
        listener.onAnswer(Outcome.GRANTED);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .headers(Problems::forNobodyElse)
                .body(JSON.writeValueAsBytes(signed.authorization()));
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private record Grant(@Nullable PresenceMember member) {

        private @Nullable String memberId() {
            return member == null ? null : member.userId();
        }
    }

    private record Signed(
            ChannelAuthorization authorization, @Nullable String memberId) {}
}
