package com.lattestream.spring.boot.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.LatteStreamTimeoutException;
import com.lattestream.core.OfflineLatteStreamClient;
import com.lattestream.core.UndeliveredEvent;
import com.lattestream.core.UndeliveredEventHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

class UndeliveredEventHandlerTests {

    private final StubService service = StubService.start();

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void aHandlerThatTriggersAgainNeedsNoBeanCycle() {
        service.respondingWith(exchange -> StubService.respond(exchange, 503));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(LatteStreamAutoConfiguration.class))
                .withUserConfiguration(TriggerAgain.class)
                .withPropertyValues(
                        "lattestream.secret=lsk_test_of_the_handler",
                        "lattestream.endpoint=" + service.endpoint(),
                        "lattestream.use-tls=false",
                        "lattestream.retry.max-retries=1000",
                        "lattestream.retry.delay=10ms",
                        "lattestream.retry.max-delay=10ms",
                        "lattestream.circuit-breaker.enabled=false",
                        "lattestream.batching.interval=1ms",
                        "lattestream.batching.delivery-timeout=300ms")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(LatteStreamTemplate.class).trigger("chat", "message", "again"))
                            .failsWithin(Duration.ofSeconds(10));
                    LatteStreamClient client = context.getBean(LatteStreamClient.class);
                    assertThat(client.statistics().delivered()).isZero();

                    service.respondingWith(exchange -> StubService.respond(exchange, 200));

                    await().atMost(Duration.ofSeconds(10))
                            .until(() -> client.statistics().delivered() == 1);
                });
    }

    @Test
    void aHandlerThatTriggersAgainLeavesOutEventsThatExpireOrAreConflated() {
        List<Event> again = new ArrayList<>();
        new ApplicationContextRunner()
                .withUserConfiguration(TriggerAgain.class)
                .withBean(
                        LatteStreamTemplate.class,
                        () -> new LatteStreamTemplate(new OfflineLatteStreamClient(null, JsonMapper.shared()) {

                            @Override
                            protected void accept(List<Event> events) {
                                again.addAll(events);
                            }
                        }))
                .run(context -> context.getBean(UndeliveredEventHandler.class)
                        .onUndelivered(
                                List.of(
                                        new UndeliveredEvent(
                                                List.of("chat"), "expiring", "1", null, Duration.ofDays(1), null),
                                        new UndeliveredEvent(List.of("chat"), "conflated", "1", null, null, ""),
                                        new UndeliveredEvent(List.of("chat"), "conflated", "1", null, null, "key"),
                                        new UndeliveredEvent(List.of("chat"), "plain", "1", null)),
                                new LatteStreamTimeoutException("not delivered in time", false, null)));

        assertThat(again).extracting(Event::name).containsExactly("plain");
    }

    // as in docs/delivery.md
    @Configuration(proxyBeanMethods = false)
    static class TriggerAgain {

        @Bean
        UndeliveredEventHandler triggerAgain(ObjectProvider<LatteStreamTemplate> template) {
            return (events, reason) -> {
                if (reason instanceof LatteStreamTimeoutException) {
                    events.stream()
                            .filter(event -> event.expiry().isEmpty()
                                    && event.conflationKey().isEmpty())
                            .forEach(event -> template.getObject().tryTrigger(event.toEvent()));
                }
            };
        }
    }
}
