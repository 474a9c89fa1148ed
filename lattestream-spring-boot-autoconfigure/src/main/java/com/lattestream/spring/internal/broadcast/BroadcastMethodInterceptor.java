package com.lattestream.spring.internal.broadcast;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;

/** Broadcasts what marked methods return. Thread-safe. */
final class BroadcastMethodInterceptor implements MethodInterceptor {

    private final Map<MethodClassKey, Optional<BroadcastMethod>> methods = new ConcurrentHashMap<>();

    private final Supplier<Broadcaster> broadcaster;

    BroadcastMethodInterceptor(Supplier<Broadcaster> broadcaster) {
        this.broadcaster = broadcaster;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object returned = invocation.proceed();
        Object source = returned instanceof Optional<?> optional ? optional.orElse(null) : returned;
        if (source != null) {
            method(invocation).ifPresent(method -> broadcaster.get().broadcast(method.definition(), source));
        }
        return returned;
    }

    private Optional<BroadcastMethod> method(MethodInvocation invocation) {
        Object target = invocation.getThis();
        Class<?> targetClass =
                target == null ? invocation.getMethod().getDeclaringClass() : AopUtils.getTargetClass(target);
        return methods.computeIfAbsent(new MethodClassKey(invocation.getMethod(), targetClass), key -> {
            Method method = AopUtils.getMostSpecificMethod(invocation.getMethod(), targetClass);
            return Optional.ofNullable(BroadcastMethod.of(method, targetClass));
        });
    }
}
