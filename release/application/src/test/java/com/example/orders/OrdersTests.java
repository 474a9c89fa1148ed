package com.example.orders;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.TestSubscriber;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@EmbeddedLatteStream
class OrdersTests {

    @Autowired
    LatteStreamTemplate latteStream;

    @Autowired
    EmbeddedLatteStreamServer engine;

    @Test
    void anEventReachesTheBrowser() {
        try (TestSubscriber browser = TestSubscriber.connect(engine).subscribe("orders")) {
            latteStream.trigger("orders", "shipped", Map.of("id", 7)).join();

            assertThat(browser.awaitEvent("orders", "shipped").json().path("id").intValue())
                    .isEqualTo(7);
        }
        assertThat(engine).eventually().hasTriggered("orders", "shipped", Map.of("id", 7));
    }
}
