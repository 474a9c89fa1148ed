package com.lattestream.samples.outbox;

import static com.lattestream.test.LatteStreamAssertions.assertThat;

import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.test.RecordingLatteStreamTemplate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** With the registry, too, a rollback to a savepoint discards later broadcasts. */
class SavepointTests {

    @Test
    void eventsOfANestedTransactionThatIsRolledBackAreNotTriggered() {
        try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.main.banner-mode=off",
                        "--lattestream.mode=none",
                        "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                        "--spring.modulith.events.jdbc.schema-initialization.enabled=true")) {
            PlatformTransactionManager manager = application.getBean(PlatformTransactionManager.class);
            TransactionTemplate nested = new TransactionTemplate(manager);
            nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);

            new TransactionTemplate(manager).executeWithoutResult(outer -> {
                application.publishEvent(new Step("before"));
                nested.executeWithoutResult(status -> {
                    application.publishEvent(new Step("inside"));
                    status.setRollbackOnly();
                });
                application.publishEvent(new Step("after"));
            });

            assertThat(application.getBean(RecordingLatteStreamTemplate.class))
                    .hasTriggered("step-before", "Step")
                    .hasTriggered("step-after", "Step")
                    .hasNotTriggered("step-inside");
        }
    }

    // without a stereotype, so that the application's scan of this package does not find it
    @EnableAutoConfiguration
    static class Application {

        @Bean
        RecordingLatteStreamTemplate latteStreamTemplate() {
            return new RecordingLatteStreamTemplate();
        }
    }

    @Broadcast(channel = "step-{name}")
    record Step(String name) {}
}
