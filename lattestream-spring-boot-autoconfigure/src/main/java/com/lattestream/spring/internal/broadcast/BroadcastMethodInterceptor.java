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

/** Broadcasts the return values of annotated methods, or the elements of returned publishers. Thread-safe. */
final class BroadcastMethodInterceptor implements MethodInterceptor {

    private final Map<MethodClassKey, Optional<BroadcastMethod>> methods = new ConcurrentHashMap<>();

    private final Supplier<Broadcaster> broadcaster;

    BroadcastMethodInterceptor(Supplier<Broadcaster> broadcaster) {
        this.broadcaster = broadcaster;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Object returned;
        boolean rolledBack;
        try (InvocationTransaction transaction = InvocationTransaction.open()) {
            returned = invocation.proceed();
            rolledBack = transaction.isRolledBack();
        }
        if (rolledBack || returned == null || (returned instanceof Optional<?> optional && optional.isEmpty())) {
            return returned;
        }
        BroadcastMethod method = method(invocation).orElse(null);
        if (method == null) {
            return returned;
        }
        if (method.reactive()) {
            return ReactiveBroadcasts.broadcastElements(returned, method, broadcaster.get());
        }
        Object source = returned instanceof Optional<?> optional ? optional.get() : returned;
        broadcaster.get().broadcast(method.definition(), source, null);
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
