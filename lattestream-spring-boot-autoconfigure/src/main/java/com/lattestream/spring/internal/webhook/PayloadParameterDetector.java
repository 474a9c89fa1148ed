package com.lattestream.spring.internal.webhook;

import com.lattestream.core.webhook.WebhookPayload;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.method.HandlerMethod;

/** Determines which controller methods read webhooks from the request's body, on any path. Thread-safe. */
public final class PayloadParameterDetector {

    private final Map<Method, Boolean> known = new ConcurrentHashMap<>();

    /** Creates an instance. */
    public PayloadParameterDetector() {}

    /**
     * Returns whether a controller method reads webhooks, also within another type such as a publisher.
     * @param handler the controller method
     * @return whether the method has a parameter for webhooks
     */
    public boolean isPresent(HandlerMethod handler) {
        return known.computeIfAbsent(
                handler.getMethod(),
                method -> Stream.of(handler.getMethodParameters()).anyMatch(PayloadParameterDetector::readsPayload));
    }

    private static boolean readsPayload(MethodParameter parameter) {
        return (parameter.hasParameterAnnotation(RequestBody.class)
                        || parameter.hasParameterAnnotation(RequestPart.class)
                        || HttpEntity.class.isAssignableFrom(parameter.getParameterType()))
                && mentionsPayload(ResolvableType.forMethodParameter(parameter));
    }

    private static boolean mentionsPayload(ResolvableType type) {
        return type.toClass() == WebhookPayload.class
                || Stream.of(type.getGenerics()).anyMatch(PayloadParameterDetector::mentionsPayload);
    }
}
