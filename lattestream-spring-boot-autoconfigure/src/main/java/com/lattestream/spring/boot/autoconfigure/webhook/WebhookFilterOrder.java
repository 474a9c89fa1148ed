package com.lattestream.spring.boot.autoconfigure.webhook;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The place of the webhook filter: directly before Spring Security's filters, which do not know the signature of the
 * service and would refuse its requests. The application may move Spring Security's filters.
 */
final class WebhookFilterOrder {

    // by its name, as Spring Security is optional
    private static final String SECURITY_ORDER = "spring.security.filter.order";

    // of Spring Boot's SecurityFilterProperties
    private static final int DEFAULT_SECURITY_ORDER = -100;

    private WebhookFilterOrder() {}

    static int of(Environment environment) {
        int security =
                Binder.get(environment).bind(SECURITY_ORDER, Integer.class).orElse(DEFAULT_SECURITY_ORDER);
        // there is no order before the first: the filters then have the same one
        return security == Integer.MIN_VALUE ? security : security - 1;
    }
}
