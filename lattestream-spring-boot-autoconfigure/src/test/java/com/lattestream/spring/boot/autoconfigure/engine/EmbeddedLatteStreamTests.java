package com.lattestream.spring.boot.autoconfigure.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.spring.LatteStreamConnectionDetails;
import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

@EmbeddedLatteStream
@SpringBootTest(properties = "lattestream.secret=lsk_of_the_real_service")
class EmbeddedLatteStreamTests {

    @Test
    void theApplicationIsConnectedToTheEngine(
            @Autowired EmbeddedLatteStreamServer server,
            @Autowired LatteStreamConnectionDetails details,
            @Autowired LatteStreamTemplate template) {
        assertThat(details.getEndpoint()).isEqualTo(server.endpoint());
        template.trigger("chat", "message", 1).join();
        assertThat(server.events()).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("message");
            assertThat(event.channels()).containsExactly("chat");
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
