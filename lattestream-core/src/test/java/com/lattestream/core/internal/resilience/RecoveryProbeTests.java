package com.lattestream.core.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RecoveryProbeTests {

    private static final long SECOND = 1_000_000_000;

    private final List<CompletableFuture<String>> pings = new ArrayList<>();

    private final List<Long> recoveries = new ArrayList<>();

    // any value, as of System.nanoTime
    private static final long START = 1000 * SECOND;

    private long now = START;

    private final RecoveryProbe probe = new RecoveryProbe(
            () -> {
                pings.add(new CompletableFuture<>());
                return pings.get(pings.size() - 1);
            },
            recoveries::add,
            () -> now);

    private void probeFails() {
        probe.probe();
        pings.get(pings.size() - 1).completeExceptionally(new LatteStreamTimeoutException("silent", true, null));
    }

    private void probeSucceeds() {
        probe.probe();
        pings.get(pings.size() - 1).complete("");
    }

    @Test
    void aResponseAfterTwoFailuresMeansThatTheServiceHasReturned() {
        probeFails();
        now = START + 5 * SECOND;
        probeFails();
        now = START + 7 * SECOND;
        probeSucceeds();

        assertThat(recoveries).containsExactly(START + 5 * SECOND);
    }

    @Test
    void requestsThatWereSentShortlyBeforeTheFirstResponseMayBeLostToo() {
        probeFails();
        probeFails();
        now = START + 3 * SECOND;
        probeSucceeds();
        now = START + 5 * SECOND;
        probeSucceeds();
        now = START + 20 * SECOND;
        probeSucceeds();

        assertThat(recoveries).containsExactly(START, START + 3 * SECOND);
    }

    @Test
    void aRecoveryIsRememberedForTenSeconds() {
        probeFails();
        probeFails();
        probeSucceeds();
        assertThat(recoveries).containsExactly(START);

        now = START + 10 * SECOND;
        probeSucceeds();
        assertThat(recoveries).containsExactly(START, START);

        now++;
        probeSucceeds();
        assertThat(recoveries).hasSize(2);
    }

    @Test
    void failuresAreRememberedForTenSeconds() {
        probeFails();
        now = START + 10 * SECOND;
        probeFails();
        probeSucceeds();

        assertThat(recoveries).containsExactly(START + 10 * SECOND);
    }

    @Test
    void aResponseWithinASecondIsQuick() {
        probeFails();
        probeFails();
        probe.probe();
        now = START + SECOND;
        pings.get(2).complete("");

        assertThat(recoveries).hasSize(1);
    }

    @Test
    void aSlowResponseIsNoRecovery() {
        probeFails();
        probeFails();
        probe.probe();
        now = START + 3 * SECOND;
        pings.get(2).complete("");

        assertThat(recoveries).isEmpty();
    }

    @Test
    void failuresOfAnEarlierOutageDoNotCount() {
        probeFails();
        probeFails();
        now = START + 60 * SECOND;
        probeFails();
        probeSucceeds();

        assertThat(recoveries).isEmpty();
    }

    @Test
    void aServiceThatRespondsFromTheBeginningIsSlow() {
        probeSucceeds();
        probeSucceeds();

        assertThat(recoveries).isEmpty();
    }

    @Test
    void oneFailureCanHaveAnotherReason() {
        probeFails();
        probeSucceeds();
        probeFails();
        probeSucceeds();

        assertThat(recoveries).isEmpty();
    }

    @Test
    void anyResponseButAServerErrorCounts() {
        probeFails();
        probe.probe();
        pings.get(1).completeExceptionally(new LatteStreamApiException("received status 503", 503, "", null));
        probe.probe();
        pings.get(2).completeExceptionally(new LatteStreamApiException("received status 404", 404, "", null));

        assertThat(recoveries).hasSize(1);
    }

    @Test
    void thereIsOneProbeAtATime() {
        probe.probe();
        probe.probe();
        assertThat(pings).hasSize(1);

        pings.get(0).complete("");
        probe.probe();
        assertThat(pings).hasSize(2);
    }

    @Test
    void aProbeThatCannotBeSentIsFollowedByOthers() {
        RecoveryProbe failing = new RecoveryProbe(
                () -> {
                    throw new IllegalStateException("no connection");
                },
                recoveries::add,
                () -> now);

        assertThatIllegalStateException().isThrownBy(failing::probe);
        assertThatIllegalStateException().isThrownBy(failing::probe);
    }
}
