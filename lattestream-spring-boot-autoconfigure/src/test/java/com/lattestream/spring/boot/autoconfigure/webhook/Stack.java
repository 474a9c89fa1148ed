package com.lattestream.spring.boot.autoconfigure.webhook;

import java.util.Locale;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** The web stacks that receive webhooks with the same guarantees. Tomcat serves both. */
enum Stack {
    SERVLET,
    REACTIVE;

    /** Returns the argument with which an application starts on this stack. */
    String argument() {
        return "--spring.main.web-application-type=" + name().toLowerCase(Locale.ROOT);
    }

    /** Spring Security as an application has it that relies on the verification alone. */
    @Configuration(proxyBeanMethods = false)
    @Import({Open.Servlet.class, Open.Reactive.class})
    static class Open {

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
        static class Servlet {

            @Bean
            SecurityFilterChain everyoneMayDoEverything(HttpSecurity http) {
                return http.authorizeHttpRequests(
                                requests -> requests.anyRequest().permitAll())
                        .csrf(CsrfConfigurer::disable)
                        .build();
            }
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
        static class Reactive {

            @Bean
            SecurityWebFilterChain everyoneMayDoEverything(ServerHttpSecurity http) {
                return http.authorizeExchange(
                                exchanges -> exchanges.anyExchange().permitAll())
                        .csrf(ServerHttpSecurity.CsrfSpec::disable)
                        .build();
            }
        }
    }
}
