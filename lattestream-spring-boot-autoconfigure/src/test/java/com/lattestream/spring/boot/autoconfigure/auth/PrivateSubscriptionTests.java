package com.lattestream.spring.boot.autoconfigure.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.spring.boot.autoconfigure.BrowserSocket;
import com.lattestream.test.EmbeddedLatteStreamServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

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
                BrowserSocket browser = BrowserSocket.connect(application.getBean(EmbeddedLatteStreamServer.class))) {
            for (String channel : new String[] {"private-user-alice", "presence-room-1"}) {
                assertThat(browser.subscribe(application, "alice", channel)
                                .path("event")
                                .stringValue())
                        .isEqualTo("lattestream_internal:subscription_succeeded");
                application
                        .getBean(LatteStreamTemplate.class)
                        .trigger(channel, "message", "hello")
                        .join();

                assertThat(browser.next().path("event").stringValue()).isEqualTo("message");
            }
        }
    }
}
