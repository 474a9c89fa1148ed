package com.lattestream.spring.boot.autoconfigure.webhook;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The order of the webhook filter: directly before Spring Security's filters, which do not know the signature of the
 * service and would refuse its requests. The application can change the order of Spring Security's filters.
 */
final class WebhookFilterOrder {

    // by name, because Spring Security is optional
    private static final String SECURITY_ORDER = "spring.security.filter.order";

    // the default of Spring Boot's SecurityFilterProperties
    private static final int DEFAULT_SECURITY_ORDER = -100;

    private WebhookFilterOrder() {}

    static int of(Environment environment) {
        int security =
                Binder.get(environment).bind(SECURITY_ORDER, Integer.class).orElse(DEFAULT_SECURITY_ORDER);
        // there is no lower order than the minimum: the filters then have the same order
        return security == Integer.MIN_VALUE ? security : security - 1;
    }
}
