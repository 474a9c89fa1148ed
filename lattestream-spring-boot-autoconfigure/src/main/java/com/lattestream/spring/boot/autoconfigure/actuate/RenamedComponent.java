package com.lattestream.spring.boot.autoconfigure.actuate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.springframework.util.Assert;

/**
 * A circuit breaker or a retry under another name, for Resilience4j's metrics: they take the tag from the component, and
 * of two clients built with the same name, only the first would be measured. The set of tags stays that of the
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

    /** Returns the name of a component of a client that is called otherwise: {@code lattestream-queries}, for example. */
    static String rename(String component, String client, String renamed) {
        return component.startsWith(client)
                ? renamed + component.substring(client.length())
                : renamed + "-" + component;
    }
}
