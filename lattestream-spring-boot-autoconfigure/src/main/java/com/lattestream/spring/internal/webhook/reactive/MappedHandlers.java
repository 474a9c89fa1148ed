package com.lattestream.spring.internal.webhook.reactive;

import com.lattestream.spring.internal.LockFreeSupplier;
import com.lattestream.spring.internal.webhook.WebhookPath;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

/**
 * The handlers whose mappings contain the path of webhooks literally. They are handlers of webhooks on all of their
 * paths. Thread-safe.
 */
final class MappedHandlers {

    private final WebhookPath path;

    private final ApplicationContext context;

    private final LockFreeSupplier<Map<Method, Set<RequestMethod>>> controllerMethods;

    private final LockFreeSupplier<List<Object>> urlHandlers;

    MappedHandlers(WebhookPath path, HandlerLookup lookup, ApplicationContext context) {
        this.path = path;
        this.context = context;
        this.controllerMethods = new LockFreeSupplier<>(() -> controllerMethods(lookup));
        this.urlHandlers = new LockFreeSupplier<>(() -> urlHandlers(lookup));
    }

    private Map<Method, Set<RequestMethod>> controllerMethods(HandlerLookup lookup) {
        return lookup.mappings(RequestMappingInfoHandlerMapping.class).stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(entry -> entry.getKey().getPatternsCondition().getPatterns().stream()
                        .anyMatch(pattern -> path.isLiteralIn(pattern.getPatternString())))
                .collect(Collectors.toMap(
                        entry -> entry.getValue().getMethod(),
                        entry -> httpMethods(entry.getKey()),
                        (one, other) ->
                                Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet())));
    }

    private static Set<RequestMethod> httpMethods(RequestMappingInfo info) {
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        return methods.isEmpty() ? Set.of(RequestMethod.values()) : methods;
    }

    private List<Object> urlHandlers(HandlerLookup lookup) {
        List<Object> handlers = new ArrayList<>();
        for (AbstractUrlHandlerMapping mapping : lookup.mappings(AbstractUrlHandlerMapping.class)) {
            mapping.getHandlerMap().forEach((pattern, handler) -> {
                if (path.isLiteralIn(pattern.getPatternString())) {
                    handlers.add(handler);
                }
            });
        }
        return handlers;
    }

    /** Returns whether a controller handles {@code POST} on the path, including controllers with further conditions. */
    boolean hasControllerForPost() {
        return controllerMethods.get().values().stream().anyMatch(methods -> methods.contains(RequestMethod.POST));
    }

    boolean isMappedToPath(Object handler) {
        if (handler instanceof HandlerMethod method) {
            return controllerMethods.get().containsKey(method.getMethod());
        }
        return urlHandlers.get().stream()
                .anyMatch(each -> each == handler || (each instanceof String bean && isBean(bean, handler)));
    }

    private boolean isBean(String name, Object handler) {
        return context.containsBean(name) && context.isSingleton(name) && context.getBean(name) == handler;
    }
}
