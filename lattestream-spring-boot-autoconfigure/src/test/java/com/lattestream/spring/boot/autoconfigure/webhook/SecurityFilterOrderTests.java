package com.lattestream.spring.boot.autoconfigure.webhook;

import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.PATH;
import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.Response;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The filters in an application that moves Spring Security's filters and denies every request. */
class SecurityFilterOrderTests {

    private @Nullable ConfigurableApplicationContext application;

    @AfterEach
    void stop() {
        application.close();
    }

    private void start(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("--server.port=0", "--lattestream.secret=" + SECRET, "--lattestream.use-tls=false"));
        all.addAll(List.of(arguments));
        application = new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .run(all.toArray(String[]::new));
    }

    private Response signed(String path) throws IOException {
        byte[] body = RawHttp.webhook();
        return RawHttp.post(RawHttp.port(application), path, body, RawHttp.sign(body));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -5000, 10, Integer.MAX_VALUE})
    void theFiltersStandBeforeSpringSecurityWhereverTheApplicationPutsIt(int order) throws Exception {
        start("--spring.security.filter.order=" + order);

        assertThat(signed(PATH).status()).isEqualTo(204);
        assertThat(signed("/others").status()).isEqualTo(403);
        // the one of the authorization endpoint has to be around all that write the response
        assertThat(filters())
                .containsSubsequence("latteStreamChannelAuthorizationRequestFilter", "springSecurityFilterChain");
    }

    @ParameterizedTest
    @CsvSource({"10, 8", "-5000, -5002"})
    void filtersOfTheApplicationBeforeSpringSecurityRemainBeforeTheWebhookFilter(int order, int own) throws Exception {
        start("--spring.security.filter.order=" + order, "--test.order=" + own);

        assertThat(signed(PATH).header("X-Own-Filter")).isEqualTo("called");
    }

    private List<String> filters() {
        TomcatWebServer server = (TomcatWebServer) ((WebServerApplicationContext) application).getWebServer();
        Context context = (Context) server.getTomcat().getHost().findChildren()[0];
        return Stream.of(context.findFilterMaps()).map(FilterMap::getFilterName).toList();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        FilterRegistrationBean<Filter> own(Environment environment) {
            FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
                ((HttpServletResponse) response).setHeader("X-Own-Filter", "called");
                chain.doFilter(request, response);
            });
            filter.setOrder(environment.getProperty("test.order", Integer.class, 0));
            return filter;
        }

        @Bean
        SecurityFilterChain denyAllRequests(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }
    }
}
