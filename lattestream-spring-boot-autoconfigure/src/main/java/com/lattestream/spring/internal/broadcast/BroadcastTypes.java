package com.lattestream.spring.internal.broadcast;

import com.lattestream.spring.broadcast.Broadcast;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** The classes that are marked with {@code @Broadcast}, as far as they have been looked at. Thread-safe. */
public final class BroadcastTypes {

    private final Map<Class<?>, Optional<BroadcastDefinition>> definitions = new ConcurrentHashMap<>();

    /** Creates an empty collection. */
    public BroadcastTypes() {}

    /** Returns what is said of a class, or of one that it extends or implements. */
    Optional<BroadcastDefinition> find(Class<?> type) {
        Optional<BroadcastDefinition> known = definitions.get(type);
        // one that does not fit fails each time
        return known == null ? definitions.computeIfAbsent(type, BroadcastTypes::read) : known;
    }

    private static Optional<BroadcastDefinition> read(Class<?> type) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(type, Broadcast.class))
                .map(annotation -> BroadcastDefinition.of(annotation, ResolvableType.forClass(type), type.getName()));
    }
}
