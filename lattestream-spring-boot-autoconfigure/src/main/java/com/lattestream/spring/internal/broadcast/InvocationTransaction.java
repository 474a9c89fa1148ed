package com.lattestream.spring.internal.broadcast;

import java.util.ArrayDeque;
import java.util.Deque;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NamedThreadLocal;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * The transaction that the call of an annotated method begins and ends. The outermost advice opens it, and the
 * innermost one, which runs within the transaction, registers for its end: a method may return an object although its
 * transaction was rolled back. Used by one thread.
 */
final class InvocationTransaction implements AutoCloseable {

    private static final boolean TRANSACTIONS_PRESENT = ClassUtils.isPresent(
            "org.springframework.transaction.support.TransactionSynchronizationManager",
            InvocationTransaction.class.getClassLoader());

    // calls of annotated methods may be nested
    private static final ThreadLocal<@Nullable Deque<InvocationTransaction>> CALLS =
            new NamedThreadLocal<>("calls of @Broadcast methods");

    private boolean rolledBack;

    private InvocationTransaction() {}

    /** Opens the scope of a method call. */
    static InvocationTransaction open() {
        InvocationTransaction call = new InvocationTransaction();
        Deque<InvocationTransaction> calls = CALLS.get();
        if (calls == null) {
            calls = new ArrayDeque<>(1);
            CALLS.set(calls);
        }
        calls.push(call);
        return call;
    }

    /** Creates the innermost advice. */
    static MethodInterceptor innermostAdvice() {
        return invocation -> {
            Deque<InvocationTransaction> calls = CALLS.get();
            InvocationTransaction call = calls == null ? null : calls.peek();
            if (call != null && TRANSACTIONS_PRESENT) {
                Registration.register(call);
            }
            return invocation.proceed();
        };
    }

    /** Returns whether the transaction has ended without a commit. */
    boolean isRolledBack() {
        return rolledBack;
    }

    @Override
    public void close() {
        Deque<InvocationTransaction> calls = CALLS.get();
        if (calls != null) {
            calls.remove(this);
            if (calls.isEmpty()) {
                CALLS.remove();
            }
        }
    }

    /** Loaded only if Spring's transactions are present. */
    private static final class Registration {

        static void register(InvocationTransaction call) {
            if (!TransactionSynchronizationManager.isSynchronizationActive()) {
                return;
            }
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

                @Override
                public void afterCompletion(int status) {
                    call.rolledBack = status == STATUS_ROLLED_BACK;
                }
            });
        }
    }
}
