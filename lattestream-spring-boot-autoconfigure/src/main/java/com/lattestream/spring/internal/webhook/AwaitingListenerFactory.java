package com.lattestream.spring.internal.webhook;

import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationListenerMethodAdapter;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.EventListenerFactory;
import org.springframework.core.KotlinDetector;
import org.springframework.core.Ordered;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Creates the listeners for {@code @EventListener} methods of webhook events that return a publisher. Spring subscribes
 * to such a publisher without waiting for its completion, so the response would be sent too early, and a failure would
 * only be logged. These listeners wait, on the thread that dispatches the webhook, and throw the failure. Transactional
 * listeners are still created by Spring. Thread-safe.
 */
public final class AwaitingListenerFactory implements EventListenerFactory, Ordered {

    /** Creates a factory. */
    public AwaitingListenerFactory() {}

    // after the factories of transactional listeners, and before the one for all methods
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @Override
    public boolean supportsMethod(Method method) {
        return returnsPublisher(method) && isForWebhooks(method);
    }

    // a CompletionStage is the result of an asynchronous method, which intentionally is not waited for
    private static boolean returnsPublisher(Method method) {
        Class<?> type = method.getReturnType();
        return KotlinDetector.isSuspendingFunction(method)
                || (!CompletionStage.class.isAssignableFrom(type) && adapter(type) != null);
    }

    private static @Nullable ReactiveAdapter adapter(Class<?> type) {
        return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
    }

    private static boolean isForWebhooks(Method method) {
        EventListener annotation = AnnotatedElementUtils.findMergedAnnotation(method, EventListener.class);
        Stream<ResolvableType> declared = Stream.of(annotation == null ? new Class<?>[0] : annotation.classes())
                .map(ResolvableType::forClass);
        Stream<ResolvableType> parameters = Stream.of(method.getParameters())
                .limit(1)
                .map(parameter -> ResolvableType.forMethodParameter(method, 0));
        return Stream.concat(declared, parameters).anyMatch(AwaitingListenerFactory::mentionsWebhook);
    }

    private static boolean mentionsWebhook(ResolvableType type) {
        return WebhookEvent.class.isAssignableFrom(type.toClass())
                || type.toClass() == WebhookPayload.class
                || Stream.of(type.getGenerics()).anyMatch(AwaitingListenerFactory::mentionsWebhook);
    }

    @Override
    public ApplicationListener<?> createApplicationListener(String beanName, Class<?> type, Method method) {
        return new AwaitingListener(beanName, type, method);
    }

    private static final class AwaitingListener extends ApplicationListenerMethodAdapter {

        private AwaitingListener(String beanName, Class<?> type, Method method) {
            super(beanName, type, method);
        }

        @Override
        protected void handleResult(Object result) {
            ReactiveAdapter adapter = adapter(result.getClass());
            // an application may publish such events itself, on a thread that must not block
            if (adapter == null || Schedulers.isInNonBlockingThread()) {
                super.handleResult(result);
                return;
            }
            List<Object> events = Flux.from(adapter.toPublisher(result))
                    .collectList()
                    .contextCapture()
                    .blockOptional()
                    .orElseThrow();
            // the emitted values are published, as the return value of any listener
            events.forEach(super::handleResult);
        }
    }
}
