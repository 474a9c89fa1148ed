package com.lattestream.core.internal.wire;

import com.lattestream.core.Event;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When an event expires, and which events replace it.
 *
 * @param expiry the time after which the event expires; null for the delivery timeout
 * @param conflation identifies the events that replace this one; null if no event does
 */
public record EventLifetime(
        @Nullable Duration expiry, @Nullable Conflation conflation) {

    /**
     * Returns the lifetime of an event, or of a chunk of it.
     * @param event the event
     * @param channels the channels of the event or the chunk
     * @return the lifetime; null if the event neither expires before the delivery timeout nor is replaced
     */
    static @Nullable EventLifetime of(Event event, List<String> channels) {
        Optional<Duration> expiry = event.expiry();
        Optional<String> key = event.conflationKey();
        if (expiry.isEmpty() && key.isEmpty()) {
            return null;
        }
        Conflation conflation = key.isEmpty()
                ? null
                : new Conflation(
                        channels, event.name(), event.excludedSocketId().orElse(null), key.get());
        return new EventLifetime(expiry.orElse(null), conflation);
    }

    /**
     * Returns the time after which the event expires.
     * @param deliveryTimeout the delivery timeout in nanoseconds
     * @return the shorter of the expiry and the delivery timeout, in nanoseconds
     */
    public long timeout(long deliveryTimeout) {
        return expiry == null ? deliveryTimeout : Math.min(expiry.toNanos(), deliveryTimeout);
    }

    /**
     * Identifies the value that an event updates. The excluded connection is a part of it: the event that replaces
     * another one must reach the same connections.
     *
     * @param channels the channels
     * @param name the event's name
     * @param excludedSocketId the id of the excluded connection; null for none
     * @param key the key of the application; empty for none
     */
    public record Conflation(
            List<String> channels, String name, @Nullable String excludedSocketId, String key) {

        // written out, because JDK 25 keeps the class loader of a record whose generated methods have run
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Conflation that
                    && key.equals(that.key)
                    && name.equals(that.name)
                    && Objects.equals(excludedSocketId, that.excludedSocketId)
                    && channels.equals(that.channels);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * channels.hashCode() + name.hashCode()) + key.hashCode();
        }
    }
}
