package com.lattestream.spring.boot.autoconfigure.webhook;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** The web stacks, and the servers beneath them, that receive webhooks with the same guarantees. */
enum Stack {
    SERVLET("servlet", "tomcat"),

    SERVLET_ON_JETTY("servlet", "jetty"),

    /** On Netty, as in most applications. */
    REACTIVE("reactive", "netty"),

    REACTIVE_ON_TOMCAT("reactive", "tomcat"),

    REACTIVE_ON_JETTY("reactive", "jetty");

    private final String type;

    private final String server;

    Stack(String type, String server) {
        this.type = type;
        this.server = server;
    }

    boolean isServlet() {
        return type.equals("servlet");
    }

    /** Returns the arguments with which an application starts on this stack, and further ones. */
    String[] arguments(String... further) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--spring.main.web-application-type=" + type);
        arguments.add("--test.server=" + server);
        if (server.equals("netty")) {
            // Netty would wait for two seconds when an application closes
            arguments.add("--spring.reactor.netty.shutdown-quiet-period=0s");
        }
        arguments.addAll(List.of(further));
        return arguments.toArray(String[]::new);
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
