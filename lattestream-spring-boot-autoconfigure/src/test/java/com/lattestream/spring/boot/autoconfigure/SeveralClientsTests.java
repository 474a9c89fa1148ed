package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.OfflineLatteStreamClient;
import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.core.webhook.WebhookEvent;
import com.lattestream.regions.SouthernOrderShipped;
import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.broadcast.LatteStreamBroadcastAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamWebhookAutoConfiguration;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.auth.servlet.ChannelAuthorizationEndpoint;
import com.lattestream.spring.internal.broadcast.InvalidBroadcastException;
import com.lattestream.spring.internal.client.UndeterminedClientException;
import com.lattestream.tenants.NewsPublished;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** The choice among several clients, and the failure if the client cannot be determined. */
@ExtendWith(OutputCaptureExtension.class)
class SeveralClientsTests {

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    LatteStreamAutoConfiguration.class,
                    LatteStreamAuthAutoConfiguration.class,
                    LatteStreamBroadcastAutoConfiguration.class,
                    LatteStreamWebhookAutoConfiguration.class));

    @ParameterizedTest
    @ValueSource(classes = {PrimaryTenant.class, NonDefaultTenant.class, FallbackTenant.class})
    void theDefaultClientBroadcastsAndAuthorizes(Class<?> tenants) {
        runner.withUserConfiguration(tenants, Authorizers.class)
                .withPropertyValues("lattestream.auth.mode=local")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(LatteStreamTemplate.class);
                    context.publishEvent(new OrderShipped(7));

                    assertThat(RecordingClient.of(context, "north").events).containsExactly("shipped");
                    assertThat(RecordingClient.of(context, "south").events).isEmpty();
                    assertThat(authorize(context)).isEqualTo(signedWith("lsk_north"));
                });
    }

    @Test
    void localModeSignsWithTheSecretOfTheClientAndNotWithTheProperty() {
        runner.withUserConfiguration(Authorizers.class)
                .withBean(LatteStreamClient.class, () -> LatteStreamClient.create("lsk_north"))
                .withPropertyValues("lattestream.auth.mode=local", "lattestream.secret=lsk_of_the_property")
                .run(context -> assertThat(authorize(context)).isEqualTo(signedWith("lsk_north")));
    }

    @Test
    void aBroadcastNamesAnotherClient() {
        runner.withUserConfiguration(PrimaryTenant.class, Methods.class).run(context -> {
            context.publishEvent(new SouthernOrderShipped(7));
            context.getBean(Methods.class).rename();

            assertThat(RecordingClient.of(context, "south").events).containsExactly("southern", "renamed");
            assertThat(RecordingClient.of(context, "north").events).isEmpty();
        });
    }

    @Test
    void aBroadcastThatNamesItsClientNeedsNoDefault() {
        runner.withUserConfiguration(EqualTenants.class, Methods.class).run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(Methods.class).rename();

            assertThat(RecordingClient.of(context, "south").events).containsExactly("renamed");
        });
    }

    @Test
    void aBroadcastThatNamesNoClientStopsTheStart() {
        runner.withUserConfiguration(PrimaryTenant.class, Misnamed.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(InvalidBroadcastException.class)
                        .hasMessageContaining("there is no LatteStreamClient bean 'west'; there are north, south"));
    }

    @Test
    void withoutADefaultAnAuthorizerStopsTheStart() {
        runner.withUserConfiguration(EqualTenants.class, Authorizers.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(UndeterminedClientException.class, ex -> {
                            assertThat(ex.candidates()).containsExactly("north", "south");
                            assertThat(ex.neededFor()).contains("private-order-{orderId}");
                        }));
    }

    @Test
    void withoutADefaultAnAuthorizerOfSubscriptionsStopsTheStart() {
        runner.withUserConfiguration(EqualTenants.class)
                .withPropertyValues("lattestream.auth.unmatched=authenticated")
                .run(context -> assertThat(context).getFailure().isInstanceOf(UndeterminedClientException.class));
        runner.withUserConfiguration(EqualTenants.class)
                .withBean(ChannelAuthorizationManager.class, () -> mock(ChannelAuthorizationManager.class))
                .run(context -> assertThat(context).getFailure().isInstanceOf(UndeterminedClientException.class));
    }

    @Test
    void withoutADefaultABroadcastMethodStopsTheStart() {
        runner.withUserConfiguration(EqualTenants.class, DefaultMethod.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(UndeterminedClientException.class)
                        .hasMessageContaining("DefaultMethod.place(...)"));
    }

    @Test
    void withoutADefaultAnEventOfAnUnknownClassFailsThePublisher() {
        runner.withUserConfiguration(EqualTenants.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThatException()
                    .isThrownBy(() -> context.publishEvent(new OrderShipped(7)))
                    .isInstanceOf(UndeterminedClientException.class);
        });
    }

    @Test
    void withoutADefaultAWebhookListenerStopsTheStart() {
        runner.withUserConfiguration(EqualTenants.class, WebhookListeners.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(UndeterminedClientException.class)
                        .hasMessageContaining("WebhookListeners"));
        runner.withUserConfiguration(EqualTenants.class, WebhookListeners.class)
                .withPropertyValues("lattestream.webhook.secrets=lsk_north,lsk_south")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void withoutADefaultAnApplicationThatNeedsNoneStarts() {
        runner.withUserConfiguration(EqualTenants.class, OtherListeners.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void theFailureNamesTheBeansAndTheActions(CapturedOutput output) {
        assertThatException()
                .isThrownBy(() -> new SpringApplicationBuilder(Tenants.class)
                        .web(WebApplicationType.NONE)
                        .bannerMode(Banner.Mode.OFF)
                        .run());

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Needed for: the @Broadcast of com.lattestream.tenants.NewsPublished")
                .contains("- north")
                .contains("- south")
                .contains("@Primary")
                .contains("@Bean(defaultCandidate = false)")
                .contains("@Broadcast(client = \"south\")")
                .doesNotContain("\tat ");
    }

    @Test
    void webhooksOfAllClientsAreAccepted() {
        runner.withUserConfiguration(NonDefaultTenant.class).run(context -> {
            assertThat(webhook(context, "lsk_north")).isEqualTo(204);
            assertThat(webhook(context, "lsk_south")).isEqualTo(204);
            assertThat(webhook(context, "lsk_west")).isEqualTo(401);
        });
    }

    @Test
    void allClientsDeliverWhenTheApplicationStops() {
        LatteStreamClient other = mock(LatteStreamClient.class);
        runner.withUserConfiguration(Tenant.class)
                .withBean("other", LatteStreamClient.class, () -> other, definition -> notDefault(definition))
                .run(ApplicationContext::getId);

        then(other).should().drain();
        then(other).should().close();
    }

    @Test
    void theAutoConfiguredClientRemainsBesideOneThatIsNotADefaultCandidate() {
        LatteStreamClient other = mock(LatteStreamClient.class);
        runner.withBean("other", LatteStreamClient.class, () -> other, definition -> notDefault(definition))
                .withPropertyValues("lattestream.mode=none")
                .run(context -> {
                    context.publishEvent(new OrderShipped(7));

                    assertThat(context.getBean("latteStreamClient", LatteStreamClient.class)
                                    .statistics()
                                    .delivered())
                            .isOne();
                    then(other).should(never()).tryTrigger(any(Event.class));
                });
    }

    private static void notDefault(BeanDefinition definition) {
        ((AbstractBeanDefinition) definition).setDefaultCandidate(false);
    }

    private static String authorize(ApplicationContext context) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/auth");
        request.setUserPrincipal(() -> "alice");
        request.setContentType("application/json");
        request.setContent(
                "{\"socket_id\":\"1.2\",\"channel_name\":\"private-order-7\"}".getBytes(StandardCharsets.UTF_8));
        MockHttpServletResponse response = new MockHttpServletResponse();
        context.getBean(ChannelAuthorizationEndpoint.class).authorize(request, response);
        return response.getContentAsString();
    }

    private static String signedWith(String secret) {
        return "{\"auth\":\""
                + new ChannelSigner(secret)
                        .authorizeChannel("1.2", "private-order-7")
                        .auth() + "\"}";
    }

    private static int webhook(ApplicationContext context, String secret) throws Exception {
        String body = "{\"time_ms\":" + System.currentTimeMillis() + ",\"events\":[]}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/webhooks/lattestream");
        request.setServletPath("/webhooks/lattestream");
        request.setContent(bytes);
        request.addHeader("X-LatteStream-Signature", new WebhookSigner(secret).sign(bytes));
        MockHttpServletResponse response = new MockHttpServletResponse();
        context.getBean("latteStreamWebhookFilter", FilterRegistrationBean.class)
                .getFilter()
                .doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    /** A client that notes the names of its events. */
    static final class RecordingClient extends OfflineLatteStreamClient {

        final List<String> events = new CopyOnWriteArrayList<>();

        RecordingClient(String secret) {
            super(secret, JsonMapper.builder().build());
        }

        static RecordingClient of(ApplicationContext context, String bean) {
            return context.getBean(bean, RecordingClient.class);
        }

        @Override
        protected void accept(List<Event> accepted) {
            accepted.forEach(event -> events.add(event.name()));
        }
    }

    @Broadcast(channel = "private-order-{orderId}", event = "shipped")
    record OrderShipped(long orderId) {}

    @Configuration(proxyBeanMethods = false)
    static class Tenant {

        @Bean
        LatteStreamClient north() {
            return new RecordingClient("lsk_north");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class EqualTenants {

        @Bean
        LatteStreamClient north() {
            return new RecordingClient("lsk_north");
        }

        @Bean
        LatteStreamClient south() {
            return new RecordingClient("lsk_south");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimaryTenant {

        @Bean
        @Primary
        LatteStreamClient north() {
            return new RecordingClient("lsk_north");
        }

        @Bean
        LatteStreamClient south() {
            return new RecordingClient("lsk_south");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NonDefaultTenant extends Tenant {

        @Bean(defaultCandidate = false)
        LatteStreamClient south() {
            return new RecordingClient("lsk_south");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class FallbackTenant extends Tenant {

        @Bean
        @Fallback
        LatteStreamClient south() {
            return new RecordingClient("lsk_south");
        }
    }

    static class Authorizers {

        @ChannelAuthorizer("private-order-{orderId}")
        boolean mayFollow(long orderId) {
            return orderId == 7;
        }
    }

    static class Methods {

        @Broadcast(channel = "accounts", event = "renamed", client = "south")
        OrderShipped rename() {
            return new OrderShipped(7);
        }
    }

    static class DefaultMethod {

        @Broadcast(channel = "orders", event = "placed")
        OrderShipped place() {
            return new OrderShipped(7);
        }
    }

    static class Misnamed {

        @Broadcast(channel = "orders", event = "placed", client = "west")
        OrderShipped place() {
            return new OrderShipped(7);
        }
    }

    static class WebhookListeners {

        @EventListener
        void on(WebhookEvent.MemberAdded joined) {}
    }

    static class OtherListeners {

        @EventListener
        void on(Object anything) {}

        @EventListener
        CompletableFuture<String> on(String text) {
            return CompletableFuture.completedFuture(text);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = NewsPublished.class)
    @ImportAutoConfiguration({LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class})
    static class Tenants extends EqualTenants {}
}
