package com.lattestream.spring.boot.autoconfigure.broadcast;

import static com.lattestream.test.LatteStreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.broadcast.InvalidBroadcastException;
import com.lattestream.test.RecordingLatteStreamTemplate;
import java.util.EventObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

/** Templates over types with type parameters. */
@SuppressWarnings("unused") // annotated members need not be called
class GenericTemplateTests {

    private final RecordingLatteStreamTemplate latteStream = new RecordingLatteStreamTemplate();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
            .withBean(RecordingLatteStreamTemplate.class, () -> latteStream)
            .withPropertyValues("lattestream.mode=none");

    @Test
    void aTypeArgumentThatIsDeclaredIsUsed() {
        runner.withBean(Shop.class).run(context -> {
            assertThat(context).hasNotFailed();
            context.publishEvent(new Delivered(new Envelope<>(new Order(1))));
            context.publishEvent(new OrderEnvelope(new Order(2)));
            context.getBean(Shop.class).place(new Order(3));
        });

        assertThat(latteStream)
                .hasTriggeredJson("delivered-1", "Delivered", "{\"id\":1}")
                .hasTriggered("base-2", "OrderEnvelope")
                .hasTriggered("placed-3", "placed");
    }

    @Test
    void aDeclaredTypeArgumentIsCheckedAtTheStart() {
        startFails(
                new Object() {
                    @Broadcast(channel = "orders-{body.number}")
                    Envelope<Order> place() {
                        return new Envelope<>(new Order(1));
                    }
                },
                Order.class.getName() + " has no property 'number'; it has id");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders-{env.body.number}")
                    Delivered place() {
                        return new Delivered(new Envelope<>(new Order(1)));
                    }
                },
                Order.class.getName() + " has no property 'number'; it has id");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders-{body.number}")
                    Bounded<? extends Order> place() {
                        return new Bounded<>(new Order(1));
                    }
                },
                "has no property 'number'");
    }

    @Test
    void anUnknownTypeArgumentIsThatOfTheValue() {
        runner.withBean(Wrapping.class).run(context -> {
            assertThat(context).hasNotFailed();
            context.publishEvent(new Posted<>(new Order(1)));
            context.publishEvent(new Posted<>(new Ticket("t")));
            context.publishEvent(new Typed<>(new Order(2)));
            context.getBean(Wrapping.class).wrap(new Order(3));
            context.getBean(Wrapping.class).raw(new Order(4));
        });

        assertThat(latteStream)
                .hasTriggeredJson("posted-1", "Posted", "1")
                .hasTriggeredJson("posted-t", "Posted", "\"t\"")
                .hasTriggeredJson("typed-2", "Typed", "{\"body\":{\"id\":2}}")
                .hasTriggered("wrapped-3", "wrapped")
                .hasTriggered("raw-4", "raw");
    }

    @Test
    void aValueWithoutThePropertyFailsThePublisher() {
        runner.run(context -> {
            assertThatExceptionOfType(InvalidBroadcastException.class)
                    .isThrownBy(() -> context.publishEvent(new Posted<>(List.of(1))))
                    .withMessageContaining(Posted.class.getName())
                    .withMessageContaining("has no property 'id'");
            assertThatExceptionOfType(InvalidBroadcastException.class)
                    .isThrownBy(() -> context.publishEvent(new Posted<>(null)))
                    .withMessageContaining("is null");
        });

        assertThat(latteStream).hasTriggeredNothing();
    }

    @Test
    void theSourceOfAnEventIsNotSentThroughATypeParameterEither() {
        runner.run(context -> assertThatExceptionOfType(InvalidBroadcastException.class)
                .isThrownBy(() -> context.publishEvent(new Sourced<>(new EventObject("secret"))))
                .withMessageContaining("the source and the timestamp of an event are never sent"));

        assertThat(latteStream).hasTriggeredNothing();
    }

    private void startFails(Object bean, String... reasons) {
        runner.withBean("orders", Object.class, () -> bean)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(InvalidBroadcastException.class)
                        .satisfies(failure -> assertThat(failure.getMessage()).contains(reasons)));
    }

    record Order(long id) {}

    record Ticket(String id) {}

    record Envelope<T>(T body) {}

    record Bounded<T extends Order>(T body) {}

    @Broadcast(channel = "delivered-{env.body.id}", payload = "env.body")
    record Delivered(Envelope<Order> env) {}

    @Broadcast(channel = "base-{body.id}")
    abstract static class Base<T> {

        private final T body;

        Base(T body) {
            this.body = body;
        }

        public T getBody() {
            return body;
        }
    }

    static class OrderEnvelope extends Base<Order> {

        OrderEnvelope(Order order) {
            super(order);
        }
    }

    @Broadcast(channel = "posted-{body.id}", payload = "body.id")
    record Posted<T>(T body) {}

    @Broadcast(channel = "sourced", payload = "body.source")
    record Sourced<T>(T body) {}

    @Broadcast(channel = "typed-{body.id}")
    record Typed<T>(T body) implements ResolvableTypeProvider {

        @Override
        public ResolvableType getResolvableType() {
            return ResolvableType.forClassWithGenerics(Typed.class, ResolvableType.forInstance(body));
        }
    }

    static class Shop {

        @Broadcast(channel = "placed-{body.id}", event = "placed")
        Envelope<Order> place(Order order) {
            return new Envelope<>(order);
        }
    }

    static class Wrapping {

        @Broadcast(channel = "wrapped-{body.id}", event = "wrapped")
        <T> Envelope<T> wrap(T body) {
            return new Envelope<>(body);
        }

        @Broadcast(channel = "raw-{body.id}", event = "raw")
        @SuppressWarnings("rawtypes")
        Envelope raw(Object body) {
            return new Envelope<>(body);
        }
    }
}
