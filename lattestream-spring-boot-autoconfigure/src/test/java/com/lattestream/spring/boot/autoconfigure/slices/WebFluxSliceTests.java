package com.lattestream.spring.boot.autoconfigure.slices;

import com.lattestream.test.AutoConfigureLatteStream;
import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.LatteStreamAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A test slice of Spring WebFlux with LatteStream's auto-configuration. */
@WebFluxTest
@AutoConfigureLatteStream
@EmbeddedLatteStream
class WebFluxSliceTests {

    @Autowired
    WebTestClient http;

    @Autowired
    EmbeddedLatteStreamServer engine;

    @Test
    void theSliceHasTheStarter() {
        http.post().uri("/orders").exchange().expectStatus().isOk();

        LatteStreamAssertions.assertThat(engine)
                .eventually()
                .hasTriggered("orders", "placed")
                .hasTriggered("orders", "shipped");
    }
}
