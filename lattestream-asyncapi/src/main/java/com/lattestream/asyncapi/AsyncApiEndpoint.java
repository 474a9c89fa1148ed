package com.lattestream.asyncapi;

import java.util.Map;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.context.ApplicationContext;
import org.springframework.util.function.SingletonSupplier;

/**
 * Actuator endpoint that returns the {@link AsyncApiDocument} of the application. It has no access by default. The
 * document is created with the first request. Thread-safe.
 */
@Endpoint(id = "asyncapi", defaultAccess = Access.NONE)
public final class AsyncApiEndpoint {

    private final SingletonSupplier<Map<String, Object>> document;

    /**
     * Creates an endpoint.
     * @param context the application context that is described
     */
    public AsyncApiEndpoint(ApplicationContext context) {
        this.document = SingletonSupplier.of(() -> AsyncApiDocument.of(context).toMap());
    }

    /**
     * Returns the document.
     * @return the JSON object, as maps and lists
     */
    @ReadOperation
    public Map<String, Object> document() {
        return document.obtain();
    }
}
