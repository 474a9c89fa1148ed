package com.lattestream.spring.boot.autoconfigure.webhook;

import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.PATH;
import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.actuate.LatteStreamMetricsAutoConfiguration;
import com.lattestream.spring.internal.webhook.AwaitingListenerFactory;
import com.lattestream.spring.internal.webhook.WebhookUrlPath;
import com.lattestream.spring.internal.webhook.reactive.WebhookGuardHandlerAdapter;
import com.lattestream.spring.internal.webhook.reactive.WebhookWebFilter;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.web.WebProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.server.WebFilter;

class LatteStreamReactiveWebhookAutoConfigurationTests {

    private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    HttpHandlerAutoConfiguration.class,
                    WebFluxAutoConfiguration.class,
                    LatteStreamAutoConfiguration.class,
                    LatteStreamMetricsAutoConfiguration.class,
                    LatteStreamWebhookAutoConfiguration.class,
                    LatteStreamReactiveWebhookAutoConfiguration.class))
            .withBean(WebProperties.class)
            .withPropertyValues("lattestream.secret=" + SECRET);

    @Test
    void theFilterStandsDirectlyBeforeSpringSecurity() {
        runner.withUserConfiguration(Security.class, Stack.Open.Reactive.class)
                .run(context -> assertThat(context.getBeanProvider(WebFilter.class)
                                .orderedStream()
                                .<Class<?>>map(WebFilter::getClass))
                        .containsSubsequence(WebhookWebFilter.class, WebFilterChainProxy.class));
    }

    @EnableWebFluxSecurity
    static class Security {}

    @Test
    void thereIsNoneWhereItIsTurnedOff() {
        runner.withPropertyValues("lattestream.webhook.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(WebhookWebFilter.class)
                        .doesNotHaveBean(WebhookGuardHandlerAdapter.class)
                        .doesNotHaveBean(AwaitingListenerFactory.class)
                        .doesNotHaveBean(WebhookReplayGuard.class));
    }

    @Test
    void neitherSpringMvcNorServletsAreNeeded() {
        runner.withClassLoader(new FilteredClassLoader(
                        "org.springframework.web.servlet", "org.springframework.boot.web.servlet", "jakarta.servlet"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(WebhookWebFilter.class));
    }

    @Test
    void theUrlHasTheBasePath() {
        runner.withPropertyValues("spring.webflux.base-path=/base", "lattestream.webhook.path=/hooks")
                .run(context -> assertThat(context.getBean(WebhookUrlPath.class).value())
                        .isEqualTo("/base/hooks"));
    }

    @Test
    void aWrongPropertyFailsTheStart() {
        runner.withPropertyValues("lattestream.webhook.path=hooks")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("lattestream.webhook.path"));
    }

    @Test
    void webhooksAreTestedWithWebTestClientAndCounted() {
        runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            WebTestClient client = WebTestClient.bindToApplicationContext(context.getSourceApplicationContext())
                    .build();
            byte[] body = RawHttp.webhook();

            client.post()
                    .uri(PATH)
                    .header("X-LatteStream-Signature", RawHttp.sign(body))
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .isNoContent();
            client.post()
                    .uri(PATH)
                    .bodyValue(body)
                    .exchange()
                    .expectStatus()
                    .isUnauthorized()
                    .expectHeader()
                    .valueEquals(HttpHeaders.CONNECTION, "close");

            MeterRegistry registry = context.getBean(MeterRegistry.class);
            for (String outcome : new String[] {"accepted", "invalid_signature"}) {
                assertThat(registry.get("lattestream.webhooks")
                                .tag("outcome", outcome)
                                .counter()
                                .count())
                        .as(outcome)
                        .isEqualTo(1);
            }
        });
    }
}
