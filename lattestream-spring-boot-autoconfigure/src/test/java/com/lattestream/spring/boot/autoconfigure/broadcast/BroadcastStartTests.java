package com.lattestream.spring.boot.autoconfigure.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.lattestream.emptypayload.AccountLocked;
import com.lattestream.invalidbroadcast.OrderLost;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.broadcast.InvalidBroadcastException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.Banner;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The messages of failed starts because of invalid broadcasts. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("unused") // annotated members need not be called
class BroadcastStartTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
            .withPropertyValues("lattestream.mode=none");

    @Test
    void aClassOfTheApplicationStopsTheStart(CapturedOutput output) {
        assertThatException()
                .isThrownBy(() -> new SpringApplicationBuilder(WithInvalidBroadcast.class)
                        .web(WebApplicationType.NONE)
                        .bannerMode(Banner.Mode.OFF)
                        .run("--lattestream.mode=none"));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("On: " + OrderLost.class.getName())
                .contains("\"private-order-{orderID}\"")
                .contains("{orderID} cannot be resolved")
                .contains("it has orderId, reason")
                .contains("Action:")
                .doesNotContain("\tat ");
    }

    @Test
    void lazyOrNot() {
        runner.withUserConfiguration(WithInvalidBroadcast.class)
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(context).getFailure().isInstanceOf(InvalidBroadcastException.class));
    }

    @Test
    void aClassFromElsewhereFailsWhenItIsFirstUsed() {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            assertThatException()
                    .isThrownBy(() -> context.publishEvent(new OrderLost(7, "storm")))
                    .isInstanceOf(InvalidBroadcastException.class)
                    .withMessageContaining("{orderID}");
        });
    }

    @Test
    void methodsOfBeansStopTheStart() {
        startFails(
                new Object() {
                    @Broadcast(channel = "private-order-{number}", event = "e")
                    Order place() {
                        return new Order(1, List.of());
                    }
                },
                "{number} cannot be resolved",
                "it has id, lines",
                "place(...)");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders")
                    void place() {}
                },
                "has no return value");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders")
                    CompletableFuture<Order> place() {
                        return new CompletableFuture<>();
                    }
                },
                "not available when the method returns");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders")
                    String place() {
                        return "";
                    }
                },
                "cannot be named after java.lang.String");
        startFails(
                new Object() {
                    @Broadcast(channel = {})
                    Order place() {
                        return new Order(1, List.of());
                    }
                },
                "has no channel");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders/{id}")
                    Order place() {
                        return new Order(1, List.of());
                    }
                },
                "\"orders/{id}\" is not a channel");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders-{lines}")
                    Order place() {
                        return new Order(1, List.of());
                    }
                },
                "{lines} is a java.util.List<java.lang.String>, and not a text");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders-{id")
                    Order place() {
                        return new Order(1, List.of());
                    }
                },
                "a { without a }");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders-#{id +}")
                    Order place() {
                        return new Order(1, List.of());
                    }
                },
                "#{id +} is not a valid expression");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders-#{number + 1}")
                    Order place() {
                        return new Order(1, List.of());
                    }
                },
                "#{number + 1} cannot be resolved",
                "it has id, lines");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders", payload = "items")
                    Order place() {
                        return new Order(1, List.of());
                    }
                },
                "the payload \"items\" does not exist",
                "it has id, lines");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders", event = "{number}")
                    Order place() {
                        return new Order(1, List.of());
                    }
                },
                "in \"{number}\"");
        startFails(
                new Object() {
                    @Broadcast(channel = "orders")
                    private Order place() {
                        return new Order(1, List.of());
                    }
                },
                "the method is private");
    }

    @Test
    void anApplicationEventWithNothingToSendStopsTheStart(CapturedOutput output) {
        assertThatException()
                .isThrownBy(() -> new SpringApplicationBuilder(Sourceful.class)
                        .web(WebApplicationType.NONE)
                        .bannerMode(Banner.Mode.OFF)
                        .run("--lattestream.mode=none"));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("On: " + AccountLocked.class.getName())
                .contains("the source and the timestamp of an event are never sent")
                .contains("payload = \"...\"")
                .doesNotContain("\tat ");
    }

    @Test
    void propertiesOfTheMapperOfTheApplicationCount() {
        JsonMapper fields = JsonMapper.builder()
                .changeDefaultVisibility(all -> all.withVisibility(PropertyAccessor.FIELD, Visibility.ANY))
                .build();
        Object bean = new Object() {
            @Broadcast(channel = "accounts")
            WithField lock() {
                return new WithField(this);
            }
        };

        startFails(bean, WithField.class.getName() + " has no property to send");
        runner.withBean("accounts", Object.class, () -> bean)
                .withBean(JsonMapper.class, () -> fields)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void theSourceIsNoPayload() {
        startFails(
                new Object() {
                    @Broadcast(channel = "accounts", payload = "source")
                    WithGetter lock() {
                        return new WithGetter(this);
                    }
                },
                "the payload \"source\" is not sent");
        startFails(
                new Object() {
                    @Broadcast(channel = "accounts", payload = "timestamp")
                    WithGetter lock() {
                        return new WithGetter(this);
                    }
                },
                "the payload \"timestamp\" is not sent");
        startFails(
                new Object() {
                    @Broadcast(channel = "accounts", payload = "cause")
                    Outer lock() {
                        return new Outer(new AccountLocked(this));
                    }
                },
                AccountLocked.class.getName() + " has no property to send");
    }

    @Test
    void propertiesDeclaredBySpringAreNotSent() {
        startFails(
                new Object() {
                    @Broadcast(channel = "accounts", event = "e")
                    PayloadApplicationEvent<Order> lock() {
                        return new PayloadApplicationEvent<>(this, new Order(1, List.of()));
                    }
                },
                PayloadApplicationEvent.class.getName() + " has no property to send");
        runner.withBean("accounts", Object.class, () -> new Object() {
                    @Broadcast(channel = "accounts", event = "e", payload = "payload")
                    PayloadApplicationEvent<Order> lock() {
                        return new PayloadApplicationEvent<>(this, new Order(1, List.of()));
                    }
                })
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void anAbstractEventLeavesItToItsSubclasses() {
        runner.withBean("accounts", Object.class, () -> new Object() {
                    @Broadcast(channel = "accounts", event = "e")
                    ApplicationEvent lock() {
                        return new WithGetter(this);
                    }
                })
                .run(context -> assertThat(context).hasNotFailed());
    }

    private void startFails(Object bean, String... reasons) {
        runner.withBean("orders", Object.class, () -> bean)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(InvalidBroadcastException.class)
                        .satisfies(failure -> assertThat(failure.getMessage()).contains(reasons)));
    }

    record Order(long id, List<String> lines) {}

    record Outer(AccountLocked cause) {}

    static class WithField extends ApplicationEvent {

        private static final long serialVersionUID = 1L;

        private final String reason = "password";

        WithField(Object source) {
            super(source);
        }
    }

    static class WithGetter extends ApplicationEvent {

        private static final long serialVersionUID = 1L;

        WithGetter(Object source) {
            super(source);
        }

        public String getReason() {
            return "password";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = AccountLocked.class)
    @ImportAutoConfiguration({LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class})
    static class Sourceful {}

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackageClasses = OrderLost.class)
    @ImportAutoConfiguration({LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class})
    static class WithInvalidBroadcast {}
}
