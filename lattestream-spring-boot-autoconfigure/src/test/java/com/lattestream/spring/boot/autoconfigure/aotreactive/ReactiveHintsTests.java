package com.lattestream.spring.boot.autoconfigure.aotreactive;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamReactiveAuthAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.broadcast.LatteStreamBroadcastAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamReactiveWebhookAutoConfiguration;
import com.lattestream.spring.internal.auth.reactive.ReactiveChannelAuthorizationEndpoint;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.web.context.reactive.GenericReactiveWebApplicationContext;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.authorization.AuthenticatedReactiveAuthorizationManager;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The hints for a native image of an application on Spring WebFlux. */
class ReactiveHintsTests {

    private static final RuntimeHints HINTS = process();

    static Stream<Method> methods() throws NoSuchMethodException {
        return Stream.of(
                ReactiveChannelAuthorizationEndpoint.class.getMethod("authorize", ServerWebExchange.class),
                ChannelAuthorization.class.getMethod("auth"),
                ReactiveAotApplication.Orders.class.getDeclaredMethod("mayFollow", Principal.class, long.class),
                ReactiveAotApplication.OrderShipped.class.getDeclaredMethod("orderId"),
                ReactiveAotApplication.Received.class.getDeclaredMethod("occupied", WebhookEvent.ChannelOccupied.class),
                ReactiveAotApplication.Webhooks.class.getDeclaredMethod("mono", Mono.class),
                ReactiveAotApplication.Webhooks.class.getDeclaredMethod("value", WebhookPayload.class));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void methodsThatAreCalledByReflectionHaveAHint(Method method) {
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(method))
                .accepts(HINTS);
    }

    @Test
    void springSecurityIsFound() {
        assertThat(RuntimeHintsPredicates.reflection().onType(AuthenticatedReactiveAuthorizationManager.class))
                .accepts(HINTS);
    }

    private static RuntimeHints process() {
        try (GenericReactiveWebApplicationContext context = new GenericReactiveWebApplicationContext()) {
            context.setEnvironment(new MockEnvironment().withProperty("lattestream.mode", "none"));
            new AnnotatedBeanDefinitionReader(context)
                    .register(
                            ReactiveAotApplication.Orders.class,
                            ReactiveAotApplication.Received.class,
                            ReactiveAotApplication.Webhooks.class,
                            HttpHandlerAutoConfiguration.class,
                            WebFluxAutoConfiguration.class,
                            LatteStreamAutoConfiguration.class,
                            LatteStreamReactiveAuthAutoConfiguration.class,
                            LatteStreamReactiveWebhookAutoConfiguration.class,
                            LatteStreamBroadcastAutoConfiguration.class);
            DefaultGenerationContext generation = new DefaultGenerationContext(
                    new ClassNameGenerator(ClassName.get("com.lattestream", "Application")),
                    new InMemoryGeneratedFiles());
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            return generation.getRuntimeHints();
        }
    }
}
