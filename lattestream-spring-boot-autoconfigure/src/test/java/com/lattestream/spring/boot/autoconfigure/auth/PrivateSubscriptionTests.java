package com.lattestream.spring.boot.autoconfigure.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.TestSubscriber;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;

/** The authorizations of the endpoint admit a browser to private and presence channels of the local engine. */
class PrivateSubscriptionTests {

    @ParameterizedTest
    @ValueSource(strings = {"remote", "local"})
    void theBrowserReceivesTheEventsOfTheChannel(String mode) throws Exception {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(
                                ChannelAuthorizationTests.Application.class)
                        .bannerMode(Banner.Mode.OFF)
                        .run(
                                "--server.port=0",
                                "--lattestream.engine.enabled=true",
                                "--lattestream.auth.mode=" + mode);
                TestSubscriber browser = TestSubscriber.builder(application.getBean(EmbeddedLatteStreamServer.class))
                        .authEndpoint(
                                "http://localhost:"
                                        + application.getEnvironment().getProperty("local.server.port") + "/auth",
                                Map.of(
                                        "Authorization",
                                        "Basic "
                                                + HttpHeaders.encodeBasicAuth(
                                                        "alice", "password", StandardCharsets.UTF_8)))
                        .connect()) {
            for (String channel : new String[] {"private-user-alice", "presence-room-1"}) {
                browser.subscribe(channel);
                application
                        .getBean(LatteStreamTemplate.class)
                        .trigger(channel, "message", "hello")
                        .join();

                assertThat(browser.awaitEvent(channel, "message").dataAs(String.class))
                        .isEqualTo("hello");
            }
        }
    }
}
