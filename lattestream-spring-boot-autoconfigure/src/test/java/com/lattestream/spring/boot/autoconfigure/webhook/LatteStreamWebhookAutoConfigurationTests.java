package com.lattestream.spring.boot.autoconfigure.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.boot.autoconfigure.InvalidLatteStreamPropertyException;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthAutoConfiguration;
import com.lattestream.spring.internal.webhook.CaffeineWebhookReplayGuard;
import com.lattestream.spring.internal.webhook.RedisWebhookReplayGuard;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import jakarta.servlet.Filter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.result.MockMvcResultMatchers;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

class LatteStreamWebhookAutoConfigurationTests {

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    DataRedisAutoConfiguration.class,
                    LatteStreamAutoConfiguration.class,
                    LatteStreamWebhookAutoConfiguration.class))
            .withPropertyValues("lattestream.secret=lsk_test_secret");

    @Test
    void theFilterStandsBeforeSpringSecurityOnItsPathAlone() {
        runner.withPropertyValues("lattestream.webhook.path=/hooks").run(context -> {
            FilterRegistrationBean<?> filter =
                    context.getBean("latteStreamWebhookFilter", FilterRegistrationBean.class);
            assertThat(filter.getUrlPatterns()).containsExactly("/hooks");
            assertThat(filter.getOrder()).isLessThan(-100);
        });
    }

    @Test
    void thereIsNoneWhereItIsTurnedOffOrThereIsNoWeb() {
        runner.withPropertyValues("lattestream.webhook.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("latteStreamWebhookFilter"));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamAutoConfiguration.class, LatteStreamWebhookAutoConfiguration.class))
                .withPropertyValues("lattestream.secret=lsk_test_secret")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("latteStreamWebhookFilter"));
    }

    @Test
    void clientsOfTheApplicationVerifyWithTheirOwnSecrets() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DispatcherServletAutoConfiguration.class,
                        WebMvcAutoConfiguration.class,
                        LatteStreamAutoConfiguration.class,
                        LatteStreamAuthAutoConfiguration.class,
                        LatteStreamWebhookAutoConfiguration.class))
                .withBean("one", LatteStreamClient.class, () -> LatteStreamClient.create("lsk_one"))
                .withBean("two", LatteStreamClient.class, () -> LatteStreamClient.create("lsk_two"))
                .run(context -> {
                    Filter filter = context.getBean("latteStreamWebhookFilter", FilterRegistrationBean.class)
                            .getFilter();
                    assertThat(status(filter, "lsk_one")).isEqualTo(204);
                    assertThat(status(filter, "lsk_two")).isEqualTo(204);
                    assertThat(status(filter, "lsk_three")).isEqualTo(401);
                });
    }

    private static int status(Filter filter, String secret) throws Exception {
        byte[] body = ("{\"time_ms\":" + System.currentTimeMillis() + ",\"events\":[],\"to\":\"" + secret + "\"}")
                .getBytes(UTF_8);
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/webhooks/lattestream");
        request.setContent(body);
        request.addHeader("X-LatteStream-Signature", new WebhookSigner(secret).sign(body));
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response.getStatus();
    }

    @Test
    void webhooksAreTestedWithMockMvcAsWell() {
        runner.withUserConfiguration(OwnController.class).run(context -> {
            MockMvc mvc = MockMvcBuilders.webAppContextSetup(context.getSourceApplicationContext())
                    .addFilter(
                            context.getBean("latteStreamWebhookFilter", FilterRegistrationBean.class)
                                    .getFilter(),
                            "/webhooks/lattestream")
                    .build();
            byte[] body = ("{\"time_ms\":" + System.currentTimeMillis() + ",\"events\":[]}").getBytes(UTF_8);
            MockHttpServletRequestBuilder unsigned =
                    MockMvcRequestBuilders.post("/webhooks/lattestream").content(body);
            mvc.perform(unsigned).andExpect(MockMvcResultMatchers.status().isUnauthorized());
            mvc.perform(MockMvcRequestBuilders.post("/WEBHOOKS/lattestream/").content(body))
                    .andExpect(MockMvcResultMatchers.status().isUnauthorized());
            mvc.perform(unsigned.header("X-LatteStream-Signature", new WebhookSigner("lsk_test_secret").sign(body)))
                    .andExpect(MockMvcResultMatchers.content().string("0 events"));
        });
    }

    @RestController
    static class OwnController {

        @PostMapping("/webhooks/lattestream")
        String webhook(@RequestBody byte[] body) {
            return WebhookPayload.parse(body).events().size() + " events";
        }
    }

    @Test
    void theGuardIsInMemoryInRedisOrTheUsersOwn() {
        runner.run(context ->
                assertThat(context.getBean(WebhookReplayGuard.class)).isInstanceOf(CaffeineWebhookReplayGuard.class));
        runner.withPropertyValues("lattestream.webhook.replay-guard=redis")
                .run(context -> assertThat(context.getBean(WebhookReplayGuard.class))
                        .isInstanceOf(RedisWebhookReplayGuard.class));
        WebhookReplayGuard own = new OwnGuard();
        runner.withPropertyValues("lattestream.webhook.replay-guard=redis")
                .withBean(WebhookReplayGuard.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(WebhookReplayGuard.class)).isSameAs(own));
    }

    @Test
    void withoutSpringDataRedisTheApplicationStartsUnlessRedisIsConfigured() {
        WebApplicationContextRunner without =
                runner.withClassLoader(new FilteredClassLoader(StringRedisTemplate.class));
        without.run(context ->
                assertThat(context.getBean(WebhookReplayGuard.class)).isInstanceOf(CaffeineWebhookReplayGuard.class));
        without.withPropertyValues("lattestream.webhook.replay-guard=redis")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidLatteStreamPropertyException.class)
                        .hasMessageContaining("spring-boot-starter-data-redis"));
    }

    @ParameterizedTest
    @CsvSource({
        "path, hooks",
        "path, /hooks/*",
        "tolerance, 0s",
        "tolerance, -1m",
        "max-body-size, 0B",
        "max-body-size, 2GB",
        "path, //",
        "path, /web%20hooks",
        "read-timeout, 0s",
        "max-unverified-bodies, 0",
        "secrets[0], ''"
    })
    void anInvalidPropertyStopsTheStart(String property, String value) {
        runner.withPropertyValues("lattestream.webhook." + property + "=" + value)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidLatteStreamPropertyException.class)
                        .hasMessageContaining("lattestream.webhook."));
    }

    @Test
    void secretsAreNotShown() {
        runner.withPropertyValues("lattestream.webhook.secrets=whsec_hidden")
                .run(context -> assertThat(List.of(
                                context.getBean(LatteStreamWebhookProperties.class)
                                        .toString(),
                                context.getBean("latteStreamWebhookFilter").toString()))
                        .allSatisfy(text -> assertThat(text).doesNotContain("whsec_hidden")));
    }

    private static final class OwnGuard implements WebhookReplayGuard {

        @Override
        public Claim claim(String id) {
            return Claim.GRANTED;
        }

        @Override
        public void complete(String id) {}

        @Override
        public void release(String id) {}
    }
}
