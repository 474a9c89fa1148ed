package com.lattestream.spring.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.PresenceMember;
import com.lattestream.spring.auth.ChannelDecision;
import com.lattestream.spring.auth.ChannelSubscription;
import com.lattestream.spring.internal.auth.AuthorizationOutcomeListener.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

/** The threads and the times of a decision. */
class SubscriptionAuthorizerTests {

    private static final Duration MOMENT = Duration.ofSeconds(30);

    private final List<String> threads = new CopyOnWriteArrayList<>();

    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    private final List<Runnable> continued = new CopyOnWriteArrayList<>();

    private CompletionStage<ChannelDecision> decision = CompletableFuture.completedFuture(ChannelDecision.granted());

    private CompletableFuture<ChannelAuthorization> signed =
            CompletableFuture.completedFuture(new ChannelAuthorization("signed", null));

    private Duration decisionTimeout = MOMENT;

    private Duration responseTimeout = MOMENT;

    private CompletableFuture<ResponseEntity<byte[]>> authorize(Executor continuation) {
        SubscriptionAuthorizer authorizer = new SubscriptionAuthorizer(
                subscription -> decision,
                subscription -> PresenceMember.of(subscription.user().getName()),
                (socketId, channel, member) -> signed,
                event -> threads.add(Thread.currentThread().getName()),
                outcome -> {
                    outcomes.add(outcome);
                    threads.add(Thread.currentThread().getName());
                },
                decisionTimeout,
                responseTimeout);
        return authorizer.authorize(
                new ChannelSubscription(() -> "alice", "1.1", "private-a", new Object()), continuation);
    }

    private static int status(CompletableFuture<ResponseEntity<byte[]>> response) {
        assertThat(response).succeedsWithin(MOMENT);
        return response.join().getStatusCode().value();
    }

    @Test
    void aDecisionThatIsMadeImmediatelyContinuesOnTheCallingThread() {
        assertThat(status(authorize(continued::add))).isEqualTo(200);

        assertThat(continued).isEmpty();
        assertThat(threads).containsOnly(Thread.currentThread().getName());
    }

    @Test
    void aDecisionThatIsMadeLaterContinuesOnTheExecutor() {
        CompletableFuture<ChannelDecision> later = new CompletableFuture<>();
        decision = later;

        CompletableFuture<ResponseEntity<byte[]>> response = authorize(continued::add);
        later.complete(ChannelDecision.granted());

        assertThat(response).isNotDone();
        assertThat(continued).hasSize(1);
        continued.get(0).run();
        assertThat(status(response)).isEqualTo(200);
        assertThat(outcomes).containsExactly(Outcome.GRANTED);
    }

    @Test
    void aCompletedStageContinuesOnTheCallingThread() {
        decision = CompletableFuture.completedStage(ChannelDecision.granted());

        assertThat(status(authorize(continued::add))).isEqualTo(200);

        assertThat(continued).isEmpty();
    }

    @Test
    void aStageThatHidesItsStateContinuesOnTheExecutor() {
        CompletableFuture<ChannelDecision> later = new CompletableFuture<>();
        decision = later.minimalCompletionStage();

        CompletableFuture<ResponseEntity<byte[]>> response = authorize(continued::add);
        later.complete(ChannelDecision.granted());

        assertThat(response).isNotDone();
        continued.get(0).run();
        assertThat(status(response)).isEqualTo(200);
    }

    @Test
    void anExecutorThatRejectsTheContinuationRefusesTheSubscription() {
        CompletableFuture<ChannelDecision> later = new CompletableFuture<>();
        decision = later;

        CompletableFuture<ResponseEntity<byte[]>> response = authorize(task -> {
            throw new RejectedExecutionException("shut down");
        });
        later.complete(ChannelDecision.granted());

        assertThat(status(response)).isEqualTo(403);
    }

    @Test
    void theStageOfTheApplicationIsNotCompletedByATimeout() {
        CompletableFuture<ChannelDecision> never = new CompletableFuture<>();
        decision = never;
        decisionTimeout = Duration.ofMillis(10);

        assertThat(status(authorize(Runnable::run))).isEqualTo(403);

        assertThat(never).isNotDone();
    }

    @Test
    void listenersDoNotBlockTheThreadOfTimeouts() {
        decision = new CompletableFuture<>();
        decisionTimeout = Duration.ofMillis(10);
        assertThat(status(authorize(Runnable::run))).isEqualTo(403);
        decision = CompletableFuture.completedFuture(ChannelDecision.granted());
        signed = new CompletableFuture<>();
        responseTimeout = Duration.ofMillis(10);
        assertThat(status(authorize(Runnable::run))).isEqualTo(504);

        assertThat(outcomes).containsExactly(Outcome.REFUSED, Outcome.FAILED);
        assertThat(threads).isNotEmpty().noneMatch(thread -> thread.startsWith("lattestream-timeout"));
    }

    @Test
    void aDecisionThatFailsImmediatelyIsReportedOnTheCallingThread() {
        decision = CompletableFuture.failedFuture(new IllegalStateException("broken"));

        assertThat(status(authorize(continued::add))).isEqualTo(403);

        assertThat(threads).containsOnly(Thread.currentThread().getName());
    }
}
