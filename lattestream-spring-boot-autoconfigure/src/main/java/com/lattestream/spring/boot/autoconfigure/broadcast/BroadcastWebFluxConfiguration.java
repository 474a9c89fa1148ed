package com.lattestream.spring.boot.autoconfigure.broadcast;

import com.lattestream.spring.internal.socket.ReactiveRequestSocketResolver;
import com.lattestream.spring.internal.socket.RequestSocketResolver;
import com.lattestream.spring.internal.socket.RequestSocketWebFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.server.WebFilter;

/** Provides the socket id of the current request in a WebFlux application. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(WebFilter.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
final class BroadcastWebFluxConfiguration {

    BroadcastWebFluxConfiguration() {}

    @Bean
    RequestSocketWebFilter latteStreamRequestSocketWebFilter() {
        return new RequestSocketWebFilter();
    }

    @Bean
    RequestSocketResolver latteStreamRequestSocketResolver() {
        return new ReactiveRequestSocketResolver();
    }
}
