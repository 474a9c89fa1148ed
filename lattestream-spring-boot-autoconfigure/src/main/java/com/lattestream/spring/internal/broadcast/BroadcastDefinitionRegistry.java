package com.lattestream.spring.internal.broadcast;

import com.lattestream.spring.broadcast.Broadcast;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Registry of classes that are annotated with {@code @Broadcast}, filled on demand. Thread-safe. */
public final class BroadcastDefinitionRegistry {

    private final Map<Class<?>, Optional<BroadcastDefinition>> definitions = new ConcurrentHashMap<>();

    /** Creates an empty registry. */
    public BroadcastDefinitionRegistry() {}

    /** Returns the definition of a class, or of one of its superclasses or interfaces. */
    Optional<BroadcastDefinition> find(Class<?> type) {
        Optional<BroadcastDefinition> known = definitions.get(type);
        // an invalid definition throws an exception each time
        return known == null ? definitions.computeIfAbsent(type, BroadcastDefinitionRegistry::read) : known;
    }

    private static Optional<BroadcastDefinition> read(Class<?> type) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(type, Broadcast.class))
                .map(annotation -> BroadcastDefinition.of(annotation, ResolvableType.forClass(type), type.getName()));
    }
}
