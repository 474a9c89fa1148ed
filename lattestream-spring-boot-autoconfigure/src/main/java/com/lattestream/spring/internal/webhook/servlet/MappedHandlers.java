package com.lattestream.spring.internal.webhook.servlet;

import com.lattestream.spring.internal.webhook.WebhookPath;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * The handlers whose mappings contain the path of webhooks literally. They are handlers of webhooks on all of their
 * paths. Thread-safe.
 */
final class MappedHandlers {

    private final WebhookPath path;

    private final ApplicationContext context;

    private final SingletonSupplier<Map<Method, Set<RequestMethod>>> controllerMethods;

    private final SingletonSupplier<List<Object>> urlHandlers;

    MappedHandlers(WebhookPath path, HandlerLookup lookup, ApplicationContext context) {
        this.path = path;
        this.context = context;
        this.controllerMethods = SingletonSupplier.of(() -> controllerMethods(lookup));
        this.urlHandlers = SingletonSupplier.of(() -> urlHandlers(lookup));
    }

    private Map<Method, Set<RequestMethod>> controllerMethods(HandlerLookup lookup) {
        return lookup.mappings(RequestMappingInfoHandlerMapping.class).stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .filter(entry -> entry.getKey().getPatternValues().stream().anyMatch(path::isLiteralIn))
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
                if (path.isLiteralIn(pattern)) {
                    handlers.add(handler);
                }
            });
        }
        return handlers;
    }

    /** Returns whether a controller handles {@code POST} on the path, including controllers with further conditions. */
    boolean hasControllerForPost() {
        return controllerMethods.obtain().values().stream().anyMatch(methods -> methods.contains(RequestMethod.POST));
    }

    boolean isMappedToPath(Object handler) {
        if (handler instanceof HandlerMethod method) {
            return controllerMethods.obtain().containsKey(method.getMethod());
        }
        return urlHandlers.obtain().stream()
                .anyMatch(each -> each == handler || (each instanceof String bean && isBean(bean, handler)));
    }

    private boolean isBean(String name, Object handler) {
        return context.containsBean(name) && context.isSingleton(name) && context.getBean(name) == handler;
    }
}
