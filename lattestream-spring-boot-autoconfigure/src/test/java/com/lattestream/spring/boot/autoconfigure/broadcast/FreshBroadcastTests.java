package com.lattestream.spring.boot.autoconfigure.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.OfflineLatteStreamClient;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.broadcast.Broadcast;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

/** Broadcasts that expire and that newer ones replace. */
class FreshBroadcastTests {

    private final List<Event> triggered = new CopyOnWriteArrayList<>();

    private final Transactions transactions = new Transactions();

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
            .withBean(LatteStreamClient.class, this::client)
            .withBean(Transactions.class, () -> transactions)
            .withBean(Prices.class);

    private LatteStreamClient client() {
        return new OfflineLatteStreamClient(null, JsonMapper.shared()) {

            @Override
            protected void accept(List<Event> events) {
                triggered.addAll(events);
            }
        };
    }

    private void run(Consumer<AssertableApplicationContext> test) {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            test.accept(context);
        });
    }

    @Test
    void theObjectsOfAClassExpireAndAreConflated() {
        run(context -> context.publishEvent(new PriceChanged("ABC", 7)));

        assertThat(triggered).singleElement().satisfies(event -> {
            assertThat(event.channels()).containsExactly("prices");
            assertThat(event.expiry()).contains(Duration.ofSeconds(5));
            assertThat(event.conflationKey()).contains("ABC");
        });
    }

    @Test
    void theObjectsOfAMethodExpireAndAreConflated() {
        run(context -> context.getBean(Prices.class).change("ABC"));

        assertThat(triggered).singleElement().satisfies(event -> {
            assertThat(event.expiry()).contains(Duration.ofMillis(1_500));
            assertThat(event.conflationKey()).contains("ABC-latest");
        });
    }

    @Test
    void theElementsOfAFluxExpireAndAreConflatedOnWebFlux() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamAutoConfiguration.class, LatteStreamBroadcastAutoConfiguration.class))
                .withBean(LatteStreamClient.class, this::client)
                .withBean(Prices.class)
                .run(context -> StepVerifier.create(
                                context.getBean(Prices.class).follow("ABC", "DEF"))
                        .expectNextCount(2)
                        .verifyComplete());

        assertThat(triggered)
                .extracting(event -> event.conflationKey().orElse(""))
                .containsExactly("ABC", "DEF");
        assertThat(triggered).allSatisfy(event -> assertThat(event.expiry()).contains(Duration.ofSeconds(5)));
    }

    @Test
    void withoutTheAttributesAnEventNeitherExpiresNorIsConflated() {
        run(context -> context.publishEvent(new PlainChange("ABC")));

        assertThat(triggered).singleElement().satisfies(event -> {
            assertThat(event.expiry()).isEmpty();
            assertThat(event.conflationKey()).isEmpty();
        });
    }

    @Test
    void theOptionsSurviveATransaction() {
        run(context -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
            context.publishEvent(new PriceChanged("ABC", 7));
            assertThat(triggered).isEmpty();
        }));

        assertThat(triggered).singleElement().satisfies(event -> {
            assertThat(event.expiry()).contains(Duration.ofSeconds(5));
            assertThat(event.conflationKey()).contains("ABC");
        });
    }

    @Test
    void aKeyThatIsNotValidIsReportedToThePublisher() {
        run(context -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> context.publishEvent(new PriceChanged("", 7)))
                    .withMessageContaining(PriceChanged.class.getName())
                    .withMessageContaining("in \"{symbol}\", the value of {symbol} is empty");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> context.publishEvent(new PriceChanged("A".repeat(201), 7)))
                    .withMessageContaining("has 201 characters; it must have 1 to 200");
        });
        assertThat(triggered).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5 apples", "5", "5 ", "s", " ", "0s", "-5s", "PT0S", "500us", "366d"})
    void anExpiryThatIsNotValidStopsTheStart(String expiry) {
        Object bean = switch (expiry) {
            case "5 apples" -> new InvalidExpiries.Apples();
            case "5" -> new InvalidExpiries.WithoutUnit();
            case "5 " -> new InvalidExpiries.WithoutUnitBeforeSpace();
            case "s" -> new InvalidExpiries.WithoutNumber();
            case " " -> new InvalidExpiries.Blank();
            case "0s" -> new InvalidExpiries.Zero();
            case "-5s" -> new InvalidExpiries.Negative();
            case "PT0S" -> new InvalidExpiries.IsoZero();
            case "500us" -> new InvalidExpiries.LessThanAMillisecond();
            default -> new InvalidExpiries.TooLong();
        };
        runner.withBean("invalid", Object.class, () -> bean)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("expireAfter '" + expiry + "' is not a duration "));
    }

    @Test
    void anExpiryOfLessThanAMillisecondIsReportedWithTheLimits() {
        runner.withBean("invalid", Object.class, InvalidExpiries.LessThanAMillisecond::new)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining(
                                "expireAfter '500us' is not a duration of at least 1 ms and at most 365 days"));
    }

    @Test
    void aMillisecondIsTheShortestExpiry() {
        run(context -> context.publishEvent(new ShortLived()));

        assertThat(triggered)
                .singleElement()
                .satisfies(event -> assertThat(event.expiry()).contains(Duration.ofMillis(1)));
    }

    @Test
    void aConflationKeyWithTooMuchConstantTextStopsTheStart() {
        runner.withBean("invalid", Object.class, LongKey::new)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("conflateBy is not valid: the constant text of \"")
                        .hasMessageContaining("has 201 characters; a key must have 1 to 200"));
        runner.withBean("valid", Object.class, LongestKey::new)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aConflationKeyThatDoesNotMatchTheTypeStopsTheStart() {
        runner.withBean("invalid", Object.class, InvalidKey::new)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("conflateBy is not valid: in \"{isin}\", {isin} cannot be resolved")
                        .hasMessageContaining("symbol"));
        runner.withBean("invalid", Object.class, ListKey::new)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("conflateBy is not valid")
                        .hasMessageContaining("and not a text, number, boolean, character, enum or UUID"));
    }

    @Broadcast(channel = "prices", event = "price", conflateBy = "{symbol}", expireAfter = "5s")
    record PriceChanged(String symbol, int price) {}

    @Broadcast(channel = "plain")
    record PlainChange(String symbol) {}

    @Broadcast(channel = "prices", event = "price", expireAfter = " 1ms ")
    record ShortLived() {}

    record Price(String symbol) {}

    record Basket(List<String> symbols) {}

    static class Prices {

        @Broadcast(channel = "prices", conflateBy = "#{symbol + '-latest'}", expireAfter = "1500ms")
        Price change(String symbol) {
            return new Price(symbol);
        }

        @Broadcast(channel = "prices", conflateBy = "{symbol}", expireAfter = "PT5S")
        Flux<Price> follow(String... symbols) {
            return Flux.fromArray(symbols).map(Price::new);
        }
    }

    static class InvalidKey {

        @Broadcast(channel = "prices", conflateBy = "{isin}")
        Price change() {
            return new Price("ABC");
        }
    }

    // 100 characters
    private static final String CONSTANT_TEXT =
            "0123456789012345678901234567890123456789012345678" + "901234567890123456789012345678901234567890123456789";

    static class LongKey {

        @Broadcast(channel = "prices", conflateBy = CONSTANT_TEXT + "{symbol}" + CONSTANT_TEXT + "0")
        Price change() {
            return new Price("ABC");
        }
    }

    static class LongestKey {

        @Broadcast(channel = "prices", conflateBy = CONSTANT_TEXT + CONSTANT_TEXT)
        Price change() {
            return new Price("ABC");
        }
    }

    static class ListKey {

        @Broadcast(channel = "prices", conflateBy = "{symbols}")
        Basket change() {
            return new Basket(List.of());
        }
    }

    static class InvalidExpiries {

        static class Apples {
            @Broadcast(channel = "prices", expireAfter = "5 apples")
            Price change() {
                return new Price("ABC");
            }
        }

        static class WithoutUnit {
            @Broadcast(channel = "prices", expireAfter = "5")
            Price change() {
                return new Price("ABC");
            }
        }

        static class WithoutNumber {
            @Broadcast(channel = "prices", expireAfter = "s")
            Price change() {
                return new Price("ABC");
            }
        }

        static class Blank {
            @Broadcast(channel = "prices", expireAfter = " ")
            Price change() {
                return new Price("ABC");
            }
        }

        static class Zero {
            @Broadcast(channel = "prices", expireAfter = "0s")
            Price change() {
                return new Price("ABC");
            }
        }

        static class Negative {
            @Broadcast(channel = "prices", expireAfter = "-5s")
            Price change() {
                return new Price("ABC");
            }
        }

        static class IsoZero {
            @Broadcast(channel = "prices", expireAfter = "PT0S")
            Price change() {
                return new Price("ABC");
            }
        }

        static class WithoutUnitBeforeSpace {
            @Broadcast(channel = "prices", expireAfter = "5 ")
            Price change() {
                return new Price("ABC");
            }
        }

        static class LessThanAMillisecond {
            @Broadcast(channel = "prices", expireAfter = "500us")
            Price change() {
                return new Price("ABC");
            }
        }

        static class TooLong {
            @Broadcast(channel = "prices", expireAfter = "366d")
            Price change() {
                return new Price("ABC");
            }
        }
    }
}
