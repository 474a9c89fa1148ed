package com.lattestream.spring.boot.autoconfigure.slices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.then;

import com.lattestream.core.LatteStreamTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** An application without a secret whose template is a mock. */
@SpringBootTest(
        properties = {
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.health.show-details=always",
            "management.health.redis.enabled=false"
        })
@AutoConfigureMockMvc(addFilters = false)
class MockedTemplateTests {

    @MockitoBean
    LatteStreamTemplate latteStream;

    @Autowired
    MockMvcTester http;

    @Autowired
    ConfigurableListableBeanFactory beans;

    @Test
    void theMockReceivesEventsAndBroadcasts() {
        assertThat(http.post().uri("/orders")).hasStatusOk();

        then(latteStream).should().trigger("orders", "placed", new SliceApplication.OrderShipped(7));
        then(latteStream).should().tryTrigger(argThat(event -> event.name().equals("shipped")));
    }

    @Test
    void nothingCreatesTheClient() {
        assertThat(http.get().uri("/actuator/health"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.components.lattestream.details.state")
                .isEqualTo("idle");
        assertThat(http.get().uri("/actuator/lattestream")).hasStatusOk();
        assertThat(http.get().uri("/actuator/metrics")).hasStatusOk();

        assertThat(beans.containsSingleton("latteStreamClient")).isFalse();
    }
}
