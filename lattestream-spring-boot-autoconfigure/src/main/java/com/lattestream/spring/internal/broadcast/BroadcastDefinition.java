package com.lattestream.spring.internal.broadcast;

import com.lattestream.core.Event;
import com.lattestream.core.internal.wire.EventObjectModule;
import com.lattestream.spring.broadcast.Broadcast;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/** The definition of a {@code @Broadcast} annotation, validated against the type of its objects. Immutable. */
final class BroadcastDefinition {

    private final String location;

    private final List<NameTemplate> channels;

    private final @Nullable NameTemplate event;

    private final @Nullable PropertyPath payload;

    private final boolean toOthers;

    private final String client;

    private final @Nullable BroadcastCondition condition;

    private final @Nullable NameTemplate conflateBy;

    private final @Nullable Duration expireAfter;

    private BroadcastDefinition(
            String location,
            List<NameTemplate> channels,
            @Nullable NameTemplate event,
            @Nullable PropertyPath payload,
            boolean toOthers,
            String client,
            @Nullable BroadcastCondition condition,
            @Nullable NameTemplate conflateBy,
            @Nullable Duration expireAfter) {
        this.location = location;
        this.channels = channels;
        this.event = event;
        this.payload = payload;
        this.toOthers = toOthers;
        this.client = client;
        this.condition = condition;
        this.conflateBy = conflateBy;
        this.expireAfter = expireAfter;
    }

    /**
     * Creates a definition from an annotation.
     * @param annotation the annotation
     * @param type the type of the objects
     * @param location the location of the annotation, for messages
     * @throws InvalidBroadcastException if the annotation does not match the type
     */
    static BroadcastDefinition of(Broadcast annotation, ResolvableType type, String location) {
        if (annotation.channel().length == 0) {
            throw new InvalidBroadcastException(location, "it has no channel");
        }
        Class<?> named = type.resolve(Object.class);
        if (annotation.event().isEmpty()
                && (named.isPrimitive() || named.getName().startsWith("java."))) {
            throw new InvalidBroadcastException(
                    location, "the event cannot be named after " + named.getName() + ": set event = \"...\"");
        }
        try {
            return new BroadcastDefinition(
                    location,
                    Arrays.stream(annotation.channel())
                            .map(template -> NameTemplate.channel(template, type))
                            .toList(),
                    annotation.event().isEmpty() ? null : NameTemplate.event(annotation.event(), type),
                    payload(annotation, type),
                    annotation.toOthers(),
                    annotation.client(),
                    annotation.condition().isEmpty() ? null : BroadcastCondition.of(annotation.condition(), type),
                    annotation.conflateBy().isEmpty()
                            ? null
                            : NameTemplate.conflationKey(annotation.conflateBy(), type),
                    annotation.expireAfter().isEmpty() ? null : ExpireAfter.parse(annotation.expireAfter()));
        } catch (IllegalArgumentException ex) {
            throw new InvalidBroadcastException(location, String.valueOf(ex.getMessage()));
        }
    }

    private static @Nullable PropertyPath payload(Broadcast annotation, ResolvableType type) {
        if (annotation.payload().isEmpty()) {
            return null;
        }
        try {
            return PropertyPath.of(annotation.payload(), type, EventObjectModule::isNeverSent);
        } catch (PropertyAccessors.RefusedPropertyException ex) {
            throw new IllegalArgumentException(
                    "the payload \"" + annotation.payload() + "\" is not sent: " + ex.getMessage());
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException(
                    "the payload \"" + annotation.payload() + "\" does not exist: " + ex.getMessage());
        }
    }

    /** Returns the name of the client's bean; empty for the default client. */
    String client() {
        return client;
    }

    /** Returns the location of the annotation. */
    String location() {
        return location;
    }

    /** Returns an exception with the location of the annotation. */
    InvalidBroadcastException invalid(String reason) {
        return new InvalidBroadcastException(location, reason);
    }

    /**
     * Creates the event of an object.
     * @param source the object
     * @param currentSocket supplies the id of the connection of the user who caused the event; null if unknown
     * @return the event, unless the condition is false or there is no channel
     * @throws InvalidBroadcastException if the object has a value that is not valid
     */
    Optional<Event> createEvent(Object source, Supplier<@Nullable String> currentSocket) {
        try {
            if (condition != null && !condition.matches(source)) {
                return Optional.empty();
            }
            List<String> names = new ArrayList<>();
            channels.forEach(template -> names.addAll(template.evaluate(source)));
            if (names.isEmpty()) {
                return Optional.empty();
            }
            String name = event == null
                    ? ClassUtils.getUserClass(source).getSimpleName()
                    : event.evaluate(source).get(0);
            Event created = fresh(Event.of(names, name, payload == null ? source : payload.get(source)), source);
            String socket = toOthers ? currentSocket.get() : null;
            return Optional.of(socket == null ? created : created.excludingSocket(socket));
        } catch (RuntimeException ex) {
            InvalidBroadcastException invalid = invalid(String.valueOf(ex.getMessage()));
            invalid.initCause(ex);
            throw invalid;
        }
    }

    private Event fresh(Event event, Object source) {
        Event conflated = conflateBy == null
                ? event
                : event.conflatedBy(conflateBy.evaluate(source).get(0));
        return expireAfter == null ? conflated : conflated.expiringAfter(expireAfter);
    }

    /** Returns the type of the payload, if it differs from that of the object. */
    Optional<ResolvableType> payloadType() {
        return Optional.ofNullable(payload).map(PropertyPath::resolvableType);
    }

    /**
     * Returns a description of the events.
     * @param type the type of the objects
     */
    BroadcastDescription describe(ResolvableType type) {
        return new BroadcastDescription(
                location,
                channels.stream().map(NameTemplate::description).toList(),
                event == null ? List.of(nameOf(type.resolve(Object.class))) : event.description(),
                payloadType().orElse(type));
    }

    // the event is named after the class of the object, which a method with an abstract return type does not declare
    private static BroadcastDescription.Part nameOf(Class<?> type) {
        return Modifier.isAbstract(type.getModifiers())
                ? new BroadcastDescription.Property("type", String.class)
                : new BroadcastDescription.Text(ClassUtils.getUserClass(type).getSimpleName());
    }
}
