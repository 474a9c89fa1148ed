package com.lattestream.spring.boot.autoconfigure.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.then;

import com.lattestream.core.LatteStreamClient;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** An application with Actuator whose client is a mock. */
@SpringBootTest(
        properties = {
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.health.show-details=always",
            "management.info.lattestream.enabled=true",
            "management.health.redis.enabled=false"
        })
@AutoConfigureMockMvc(addFilters = false)
class MockedClientTests {

    @MockitoBean
    LatteStreamClient client;

    @Autowired
    MockMvcTester http;

    @Test
    void healthIsUnknownAndTheApplicationUp() {
        assertThat(http.get().uri("/actuator/health"))
                .hasStatusOk()
                .bodyJson()
                .satisfies(
                        json -> json.assertThat().extractingPath("$.status").isEqualTo("UP"),
                        json -> json.assertThat()
                                .extractingPath("$.components.lattestream.status")
                                .isEqualTo("UNKNOWN"));
    }

    @Test
    void theEndpointShowsTheBean() {
        assertThat(http.get().uri("/actuator/lattestream"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.clients")
                .asMap()
                .hasSize(1);
        assertThat(http.post().uri("/actuator/lattestream")).hasStatusOk();
        assertThat(http.get().uri("/actuator/info")).hasStatusOk();
    }

    @Test
    void metricsAreThoseOfTheApplication(@Autowired MeterRegistry meters) {
        assertThat(meters.getMeters()).isNotEmpty();
        assertThat(meters.find("lattestream.events").meters()).isEmpty();
        assertThat(http.get().uri("/actuator/metrics")).hasStatusOk();
    }

    @Test
    void theMockReceivesEventsAndBroadcasts() {
        assertThat(http.post().uri("/orders")).hasStatusOk();

        then(client).should().trigger("orders", "placed", new SliceApplication.OrderShipped(7));
        then(client).should().tryTrigger(argThat(event -> event.name().equals("shipped")));
        then(client).should().encode(any());
    }
}
