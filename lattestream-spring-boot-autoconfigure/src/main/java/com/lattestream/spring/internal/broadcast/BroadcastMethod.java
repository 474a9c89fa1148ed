package com.lattestream.spring.internal.broadcast;

import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.transaction.ReactiveTransactions;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * A method that is annotated with {@code @Broadcast}.
 *
 * @param definition the definition for the returned objects or, if the method returns a reactive publisher, for its
 * elements
 * @param type the type of these objects
 * @param reactive whether the method returns a {@code Mono} or a {@code Flux}
 * @param transactional whether the method is reactive and annotated as transactional
 */
record BroadcastMethod(BroadcastDefinition definition, ResolvableType type, boolean reactive, boolean transactional) {

    // by name, because Reactor may be absent; without subclasses, because the returned publisher is replaced
    private static final Set<String> PUBLISHERS = Set.of("reactor.core.publisher.Mono", "reactor.core.publisher.Flux");

    private static final int NOT_OVERRIDABLE = Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL;

    /** Creates the description of a method; null if it is not annotated. */
    static @Nullable BroadcastMethod of(Method method, Class<?> targetClass) {
        Broadcast annotation = AnnotatedElementUtils.findMergedAnnotation(method, Broadcast.class);
        if (annotation == null) {
            return null;
        }
        String location = location(method, targetClass);
        if ((method.getModifiers() & NOT_OVERRIDABLE) != 0) {
            throw new InvalidBroadcastException(
                    location,
                    "the method is " + Modifier.toString(method.getModifiers() & NOT_OVERRIDABLE)
                            + ", so that its calls cannot be intercepted");
        }
        // compiled with the return type Object
        if (KotlinDetector.isSuspendingFunction(method)) {
            throw new InvalidBroadcastException(
                    location,
                    "the method is a suspend function, whose value is not available when the method returns. Publish an"
                            + " event when the value is available, or return a Mono or a Flux");
        }
        ResolvableType type = ResolvableType.forMethodReturnType(method, targetClass);
        Class<?> returned = type.resolve(Object.class);
        boolean reactive = PUBLISHERS.contains(returned.getName());
        if (reactive) {
            type = type.getGeneric(0);
            returned = type.resolve(Object.class);
        }
        if (returned == Optional.class) {
            type = type.getGeneric(0);
        } else if (returned == void.class || returned == Void.class) {
            throw new InvalidBroadcastException(location, "the method has no return value");
        } else if (isAsynchronous(returned)) {
            throw new InvalidBroadcastException(
                    location,
                    "the method returns a " + returned.getName()
                            + ", whose value is not available when the method returns. Publish an event when the value"
                            + " is available, or return a Mono or a Flux");
        }
        return new BroadcastMethod(
                BroadcastDefinition.of(annotation, type, location),
                type,
                reactive,
                reactive && ReactiveTransactions.isTransactional(method, targetClass));
    }

    static String location(Method method, Class<?> targetClass) {
        return targetClass.getName() + "." + method.getName() + "(...)";
    }

    private static boolean isAsynchronous(Class<?> type) {
        return CompletionStage.class.isAssignableFrom(type)
                || Future.class.isAssignableFrom(type)
                || ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
    }
}
