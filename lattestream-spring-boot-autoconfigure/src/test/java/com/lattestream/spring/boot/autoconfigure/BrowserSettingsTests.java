package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.LatteStreamBrowserSettings;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamAuthAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.auth.LatteStreamReactiveAuthAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.engine.LatteStreamEngineAutoConfiguration;
import com.lattestream.test.EmbeddedLatteStreamServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.ConfigurableWebApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The settings with which pages connect. */
class BrowserSettingsTests {

    private static final String SECRET = "lsk_of_browser_settings";

    private static final String[] PROPERTIES = {
        "lattestream.secret=" + SECRET, "lattestream.public-key=lspk_of_the_pages", "lattestream.cluster=us1"
    };

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(LatteStreamAutoConfiguration.class, LatteStreamEngineAutoConfiguration.class));

    private final WebApplicationContextRunner mvc = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    LatteStreamAutoConfiguration.class,
                    LatteStreamAuthAutoConfiguration.class));

    private final ReactiveWebApplicationContextRunner webFlux = new ReactiveWebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    HttpHandlerAutoConfiguration.class,
                    WebFluxAutoConfiguration.class,
                    LatteStreamAutoConfiguration.class,
                    LatteStreamReactiveAuthAutoConfiguration.class));

    @Test
    void withoutAWebApplicationThereIsNoAuthEndpoint() {
        runner.withPropertyValues(PROPERTIES)
                .run(context -> assertThat(context.getBean(LatteStreamBrowserSettings.class))
                        .isEqualTo(new LatteStreamBrowserSettings("lspk_of_the_pages", "us1", null, true, null)));
    }

    @Test
    void anEndpointAndPlainHttpAreThoseOfTheClient() {
        runner.withPropertyValues(PROPERTIES)
                .withPropertyValues("lattestream.endpoint=proxy.example.com:8080/base", "lattestream.use-tls=false")
                .run(context -> assertThat(context.getBean(LatteStreamBrowserSettings.class))
                        .isEqualTo(new LatteStreamBrowserSettings(
                                "lspk_of_the_pages", "us1", "proxy.example.com:8080/base", false, null)));
    }

    @Test
    void theAuthEndpointHasTheContextPathAndThePathOfTheDispatcherServlet() {
        mvc.withInitializer(context -> {
                    MockServletContext servletContext = new MockServletContext();
                    servletContext.setContextPath("/shop");
                    ((ConfigurableWebApplicationContext) context).setServletContext(servletContext);
                })
                .withPropertyValues(PROPERTIES)
                .withPropertyValues("spring.mvc.servlet.path=/api")
                .run(context -> assertThat(
                                context.getBean(LatteStreamBrowserSettings.class).authEndpoint())
                        .isEqualTo("/shop/api/auth"));
    }

    @Test
    void theAuthEndpointHasTheBasePathOfWebFlux() {
        webFlux.withPropertyValues(PROPERTIES)
                .withPropertyValues("spring.webflux.base-path=/shop", "lattestream.auth.path=/realtime/auth")
                .run(context -> assertThat(
                                context.getBean(LatteStreamBrowserSettings.class).authEndpoint())
                        .isEqualTo("/shop/realtime/auth"));
    }

    @Test
    void anAuthEndpointThatIsDisabledIsLeftOut() {
        mvc.withPropertyValues(PROPERTIES)
                .withPropertyValues("lattestream.auth.enabled=false")
                .run(context -> assertThat(
                                context.getBean(LatteStreamBrowserSettings.class).authEndpoint())
                        .isNull());
    }

    @Test
    void theLocalEngineSuppliesItsOwnKeyAndAddress() {
        runner.withPropertyValues("lattestream.engine.enabled=true", "lattestream.public-key=lspk_of_the_service")
                .run(context -> {
                    EmbeddedLatteStreamServer engine = context.getBean(EmbeddedLatteStreamServer.class);
                    assertThat(context.getBean(LatteStreamBrowserSettings.class))
                            .isEqualTo(new LatteStreamBrowserSettings(
                                    engine.publicKey(), "eu1", engine.endpoint(), false, null));
                });
    }

    @Test
    void connectionDetailsOfTheApplicationSupplyTheKey() {
        runner.withBean(LatteStreamConnectionDetails.class, () -> new LatteStreamConnectionDetails() {
                    @Override
                    public String getSecret() {
                        return SECRET;
                    }

                    @Override
                    public String getPublicKey() {
                        return "lspk_of_the_details";
                    }
                })
                .run(context ->
                        assertThat(context.getBean(LatteStreamBrowserSettings.class).key())
                                .isEqualTo("lspk_of_the_details"));
    }

    @Test
    void anApplicationWithoutPagesNeedsNoPublicKey() {
        runner.withPropertyValues("lattestream.secret=" + SECRET)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void anApplicationThatUsesTheSettingsDoesNotStartWithoutAPublicKey() {
        runner.withPropertyValues("lattestream.secret=" + SECRET)
                .withUserConfiguration(Page.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidLatteStreamPropertyException.class)
                        .hasMessageContaining("lattestream.public-key")
                        .hasMessageContaining("lspk_"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "none"})
    void withoutRequestsToTheServiceTheKeyMayBeMissing(String mode) {
        runner.withPropertyValues("lattestream.mode=" + mode)
                .withUserConfiguration(Page.class)
                .run(context ->
                        assertThat(context.getBean(LatteStreamBrowserSettings.class).key())
                                .isNull());
    }

    @Test
    void aSecretIsRefusedAndNotShown() {
        runner.withPropertyValues("lattestream.secret=" + SECRET, "lattestream.public-key=" + SECRET)
                .withUserConfiguration(Page.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("lattestream.public-key")
                        .hasMessageNotContaining(SECRET));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LatteStreamBrowserSettings(SECRET, "eu1", null, true, null))
                .withMessageNotContaining(SECRET);
    }

    @Test
    void settingsOfTheApplicationReplaceTheBean() {
        LatteStreamBrowserSettings own = new LatteStreamBrowserSettings("lspk_own", "eu1", null, true, "/own");
        runner.withPropertyValues(PROPERTIES)
                .withBean(LatteStreamBrowserSettings.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(LatteStreamBrowserSettings.class)).isSameAs(own));
    }

    @Test
    void aSecondClientAndAMockedClientDoNotAffectTheSettings() {
        runner.withPropertyValues(PROPERTIES)
                .withUserConfiguration(TwoClients.class)
                .run(context ->
                        assertThat(context.getBean(LatteStreamBrowserSettings.class).key())
                                .isEqualTo("lspk_of_the_pages"));
    }

    @Test
    void asJsonTheSettingsHaveNoNullsAndNoSecret() {
        assertThat(JsonMapper.shared()
                        .writeValueAsString(new LatteStreamBrowserSettings("lspk_a", "eu1", null, true, "/auth")))
                .isEqualTo("{\"key\":\"lspk_a\",\"cluster\":\"eu1\",\"tls\":true,\"authEndpoint\":\"/auth\"}");
    }

    @Configuration(proxyBeanMethods = false)
    static class Page {

        @Bean
        Object page(LatteStreamBrowserSettings settings) {
            return settings.cluster();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoClients {

        @Bean
        @Primary
        LatteStreamClient mocked() {
            return Mockito.mock();
        }

        @Bean
        LatteStreamClient second() {
            return Mockito.mock();
        }
    }
}
