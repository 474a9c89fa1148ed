package com.lattestream.spring.boot.autoconfigure.broadcast;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.broadcast.InvalidBroadcastException;
import com.lattestream.test.RecordingLatteStreamTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The objects that a condition permits. */
@SuppressWarnings("unused") // annotated members need not be called
class BroadcastConditionTests {

    private final RecordingLatteStreamTemplate latteStream = new RecordingLatteStreamTemplate();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
            .withBean(RecordingLatteStreamTemplate.class, () -> latteStream)
            .withPropertyValues("lattestream.mode=none");

    @Test
    void anEventIsTriggeredOnlyIfItsConditionIsTrue() {
        runner.run(context -> {
            context.publishEvent(new Order(1, 50, null));
            context.publishEvent(new Order(2, 150, null));
        });

        assertThat(latteStream).hasTriggered("order-2", "Order").hasNotTriggered("order-1");
    }

    @Test
    void nullMeansNo() {
        runner.run(context -> {
            context.publishEvent(new Flagged("1", null));
            context.publishEvent(new Flagged("2", true));
        });

        assertThat(latteStream).hasTriggered("flagged-2", "Flagged").hasNotTriggered("flagged-1");
    }

    @Test
    void theConditionComesBeforeTheTemplates() {
        // a null channel part would fail the publisher
        runner.run(context -> context.publishEvent(new Flagged(null, false)));

        assertThat(latteStream).hasTriggeredNothing();
    }

    @Test
    void aConditionThatCannotBeEvaluatedFailsThePublisher() {
        runner.run(context -> assertThatExceptionOfType(InvalidBroadcastException.class)
                .isThrownBy(() -> context.publishEvent(new Note(new Author(null))))
                .withMessageContaining(Note.class.getName())
                .withMessageContaining("the condition \"author.name.length() > 3\" cannot be evaluated"));

        assertThat(latteStream).hasTriggeredNothing();
    }

    @Test
    void aConditionOfAMethodIsEvaluatedWithItsReturnValue() {
        runner.withBean(Orders.class).run(context -> {
            context.getBean(Orders.class).place(1, 50);
            context.getBean(Orders.class).place(2, 150);
        });

        assertThat(latteStream).hasTriggered("placed-2", "Order").hasNotTriggered("placed-1");
    }

    @Test
    void aConditionThatDoesNotFitStopsTheStart() {
        startFails(
                new Object() {
                    @Broadcast(channel = "orders", condition = "total >")
                    Order place() {
                        return new Order(1, 1, null);
                    }
                },
                "the condition \"total >\" is not a valid expression");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders", condition = "!(amount > 100)")
                    Order place() {
                        return new Order(1, 1, null);
                    }
                },
                "the condition \"!(amount > 100)\" cannot be resolved",
                "it has id, note, total");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders", condition = "#root.amount > 100")
                    Order place() {
                        return new Order(1, 1, null);
                    }
                },
                "it has id, note, total");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders", condition = "isLarge()")
                    Order place() {
                        return new Order(1, 1, null);
                    }
                },
                "has no method 'isLarge'");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders", condition = "#event?.total > 100")
                    Order place() {
                        return new Order(1, 1, null);
                    }
                },
                "there is no #event",
                "the object is the root");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders", condition = "@features.large")
                    Order place() {
                        return new Order(1, 1, null);
                    }
                },
                "beans such as @features cannot be used");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders", condition = "total")
                    Order place() {
                        return new Order(1, 1, null);
                    }
                },
                "the condition \"total\" is not a boolean");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders", condition = "'total'")
                    Order place() {
                        return new Order(1, 1, null);
                    }
                },
                "is not a boolean");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders-#{#event.id}")
                    Order place() {
                        return new Order(1, 1, null);
                    }
                },
                "there is no #event");
    }

    private void startFails(Object bean, String... reasons) {
        runner.withBean("orders", Object.class, () -> bean)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(InvalidBroadcastException.class)
                        .satisfies(failure -> assertThat(failure.getMessage()).contains(reasons)));
    }

    @Broadcast(channel = "order-{id}", condition = "total > 100 and #root.note == null")
    record Order(long id, long total, String note) {}

    @Broadcast(channel = "flagged-{id}", condition = "flag")
    record Flagged(String id, Boolean flag) {}

    @Broadcast(channel = "notes", condition = "author.name.length() > 3")
    record Note(Author author) {}

    record Author(String name) {}

    static class Orders {

        @Broadcast(channel = "placed-{id}", event = "Order", condition = "total > 100")
        Order place(long id, long total) {
            return new Order(id, total, "not an event");
        }
    }
}
