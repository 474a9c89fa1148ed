package com.lattestream.spring.boot.autoconfigure.actuate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.springframework.util.Assert;

/**
 * A circuit breaker or retry with a different name, for Resilience4j's metrics. These use the name of the component as
 * a tag, so of two clients with the same name only the first would be measured. The set of tags is that of the
 * application's own components, because Prometheus requires it.
 */
final class RenamedComponent {

    private RenamedComponent() {}

    static <T> T of(Class<T> type, T component, String name) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getName") && method.getParameterCount() == 0) {
                        return name;
                    }
                    try {
                        return method.invoke(component, arguments);
                    } catch (InvocationTargetException ex) {
                        Throwable cause = ex.getCause();
                        Assert.state(cause != null, "No cause");
                        throw cause;
                    }
                }));
    }

    /** Returns the name of a component for a client with a different name, for example {@code lattestream-queries}. */
    static String rename(String component, String client, String renamed) {
        return component.startsWith(client)
                ? renamed + component.substring(client.length())
                : renamed + "-" + component;
    }
}
