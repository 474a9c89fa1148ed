package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expiry and conflation as a caller sets them, and the errors for values that are not valid. */
class EventFreshnessTests {

    private final Event event = Event.of("prices", "price", 1);

    @Test
    void byDefaultAnEventHasNoExpiryAndIsNotConflated() {
        assertThat(event.expiry()).isEmpty();
        assertThat(event.conflationKey()).isEmpty();
    }

    @Test
    void optionsAreKeptInAnyOrderAndTheOriginalIsUnchanged() {
        Event one =
                event.expiringAfter(Duration.ofSeconds(5)).conflatedBy("ABC").excludingSocket("1.2");
        Event other = event.excludingSocket("1.2").conflatedBy("ABC").expiringAfter(Duration.ofSeconds(5));

        for (Event fresh : List.of(one, other)) {
            assertThat(fresh.expiry()).contains(Duration.ofSeconds(5));
            assertThat(fresh.conflationKey()).contains("ABC");
            assertThat(fresh.excludedSocketId()).contains("1.2");
            assertThat(fresh.data()).isEqualTo(1);
        }
        assertThat(event.expiry()).isEmpty();
    }

    @Test
    void theLastConflationCountsAndHasAnEmptyKeyByDefault() {
        assertThat(event.conflated().conflationKey()).contains("");
        assertThat(event.conflatedBy("ABC").conflated().conflationKey()).contains("");
        assertThat(event.conflated().conflatedBy("ABC").conflationKey()).contains("ABC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-0.001S"})
    void anExpiryIsLongerThanZero(String expiry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.expiringAfter(Duration.parse(expiry)))
                .withMessage("The expiry of event 'price' is %s; it must be longer than zero", Duration.parse(expiry));
    }

    @Test
    void anExpiryIsAtMostAYear() {
        assertThat(event.expiringAfter(Duration.ofDays(365)).expiry()).contains(Duration.ofDays(365));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.expiringAfter(Duration.ofDays(365).plusNanos(1)))
                .withMessageStartingWith(
                        "The expiry of event 'price' is PT8760H0.000000001S; it must be at most 365 days");
    }

    @Test
    @SuppressWarnings("NullAway")
    void anExpiryIsNotNull() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.expiringAfter(null))
                .withMessageStartingWith("The expiry of event 'price' must not be null");
    }

    @Test
    @SuppressWarnings("NullAway")
    void aConflationKeyHasOneTo200Characters() {
        assertThat(event.conflatedBy("k".repeat(200)).conflationKey()).isPresent();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.conflatedBy(""))
                .withMessage("The conflation key '' of event 'price' must not be null or empty;"
                        + " conflated() needs no key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.conflatedBy(null))
                .withMessageStartingWith("The conflation key null of event 'price' must not be null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> event.conflatedBy("k".repeat(201)))
                .withMessageEndingWith(" of event 'price' has 201 characters; it must have 1 to 200");
    }

    @Test
    void anUndeliveredEventIsTriggeredAgainWithItsExpiryAndConflation() {
        UndeliveredEvent undelivered =
                new UndeliveredEvent(List.of("prices"), "price", "1", "1.2", Duration.ofSeconds(5), "ABC");

        assertThat(undelivered.expiry()).contains(Duration.ofSeconds(5));
        assertThat(undelivered.conflationKey()).contains("ABC");
        assertThat(undelivered.toEvent().expiry()).contains(Duration.ofSeconds(5));
        assertThat(undelivered.toEvent().conflationKey()).contains("ABC");
        assertThat(undelivered.toEvent().excludedSocketId()).contains("1.2");

        UndeliveredEvent conflated = new UndeliveredEvent(List.of("prices"), "price", "1", null, null, "");
        assertThat(conflated.toEvent().conflationKey()).contains("");
        UndeliveredEvent plain = new UndeliveredEvent(List.of("prices"), "price", "1", null);
        assertThat(plain.toEvent().expiry()).isEmpty();
        assertThat(plain.toEvent().conflationKey()).isEmpty();
    }

    @Test
    void aResultIsSupersededOnlyIfItSaysSo() {
        assertThat(new TriggerResult(List.of("prices"), OptionalInt.of(2)).superseded())
                .isFalse();
        assertThat(new TriggerResult(List.of("prices"), OptionalInt.empty(), true).superseded())
                .isTrue();
    }
}
