package com.lattestream.spring.boot.autoconfigure.aot;

import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.test.EmbeddedLatteStreamServer;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.springframework.aot.AotDetector;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.TestContextManager;

/** A test with an engine, whose application context is processed ahead of time. */
@SpringBootTest(
        classes = AotApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "management.health.redis.enabled=false")
@EmbeddedLatteStream(secret = "lsk_of_the_test", webhookPath = "/hooks")
public class TestWithEngine {

    /** Starts the context, triggers an event, and returns the result. */
    public static String probe(String... arguments) {
        TomcatURLStreamHandlerFactory.disable();
        ApplicationContext context =
                new TestContextManager(TestWithEngine.class).getTestContext().getApplicationContext();
        try (ConfigurableApplicationContext closed = (ConfigurableApplicationContext) context) {
            EmbeddedLatteStreamServer engine = closed.getBean(EmbeddedLatteStreamServer.class);
            closed.getBean(LatteStreamTemplate.class)
                    .trigger("orders", "placed", 7)
                    .join();
            return "aot=" + AotDetector.useGeneratedArtifacts() + " secret=" + engine.secret() + " engine="
                    + engine.events().size() + " webhooks="
                    + engine.webhookUrl().orElse("none");
        }
    }
}
