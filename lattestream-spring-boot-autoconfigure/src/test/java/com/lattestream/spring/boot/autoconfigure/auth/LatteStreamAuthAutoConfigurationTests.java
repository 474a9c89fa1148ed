package com.lattestream.spring.boot.autoconfigure.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.PresenceMember;
import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.auth.ChannelDecision;
import com.lattestream.spring.auth.ChannelSubscription;
import com.lattestream.spring.boot.autoconfigure.InvalidLatteStreamPropertyException;
import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.internal.auth.InvalidChannelAuthorizerException;
import com.lattestream.spring.internal.auth.servlet.ChannelAuthorizationEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@ExtendWith(OutputCaptureExtension.class)
class LatteStreamAuthAutoConfigurationTests {

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    WebMvcAutoConfiguration.class,
                    LatteStreamAutoConfiguration.class,
                    LatteStreamAuthAutoConfiguration.class))
            .withPropertyValues("lattestream.secret=lsk_test_secret");

    private static boolean decide(ChannelAuthorizationManager manager, String user, String channel) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        Principal principal = () -> user;
        try {
            return manager.authorize(new ChannelSubscription(principal, "1.1", channel, request))
                    .toCompletableFuture()
                    .join()
                    .isGranted();
        } catch (CompletionException ex) {
            return false;
        }
    }

    private void withAuthorizers(Object bean, Consumer<ChannelAuthorizationManager> test) {
        runner.withBean("authorizers", Object.class, () -> bean)
                .run(context -> test.accept(context.getBean(ChannelAuthorizationManager.class)));
    }

    private void startFails(Class<?> authorizers, String reason) {
        runner.withBean("authorizers", authorizers)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(InvalidChannelAuthorizerException.class, ex -> {
                            assertThat(ex.reason()).contains(reason);
                            assertThat(ex.method()).contains(authorizers.getName());
                            FailureAnalysis analysis = new InvalidChannelAuthorizerFailureAnalyzer().analyze(ex, ex);
                            assertThat(analysis.getDescription()).contains(reason, authorizers.getName());
                        }));
    }

    @Test
    void theEndpointIsMappedBesideTheControllers() {
        runner.run(context -> assertThat(
                        context.getBean(RequestMappingHandlerMapping.class).getHandlerMethods())
                .anySatisfy((info, method) -> {
                    assertThat(info.getPatternValues()).containsExactly("/auth");
                    assertThat(method.getBeanType()).isEqualTo(ChannelAuthorizationEndpoint.class);
                }));
    }

    @Test
    void theUsersOwnRouteWins() {
        runner.withBean(OwnRoute.class)
                .run(context -> assertThat(context.getBean(RequestMappingHandlerMapping.class)
                                .getHandlerMethods()
                                .values())
                        .noneMatch(method -> method.getBeanType() == ChannelAuthorizationEndpoint.class));
    }

    @Test
    void aPageOnTheSamePathIsNoRouteOfThatKind() {
        runner.withBean(LoginPage.class)
                .run(context -> assertThat(context.getBean(RequestMappingHandlerMapping.class)
                                .getHandlerMethods()
                                .values())
                        .anyMatch(method -> method.getBeanType() == ChannelAuthorizationEndpoint.class));
    }

    @Test
    void thereIsNoneWhereItIsTurnedOffOrThereIsNoWeb() {
        runner.withPropertyValues("lattestream.auth.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ChannelAuthorizationEndpoint.class));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        LatteStreamAutoConfiguration.class, LatteStreamAuthAutoConfiguration.class))
                .withPropertyValues("lattestream.secret=lsk_test_secret")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ChannelAuthorizationEndpoint.class));
    }

    @Test
    void aPathThatIsNoneStopsTheStart() {
        runner.withPropertyValues("lattestream.auth.path=auth")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidLatteStreamPropertyException.class));
    }

    @Test
    void withoutAuthorizersEverySubscriptionIsRefusedAndOneWarningNamesTheAction(CapturedOutput output) {
        runner.run(context -> {
            ChannelAuthorizationManager manager = context.getBean(ChannelAuthorizationManager.class);
            assertThat(decide(manager, "alice", "private-any")).isFalse();
            assertThat(decide(manager, "alice", "private-other")).isFalse();
        });
        assertThat(output.getAll().lines().filter(line -> line.contains("WARN") && line.contains("private-any")))
                .singleElement()
                .asString()
                .contains("Add a @ChannelAuthorizer method", "lattestream.auth.unmatched=authenticated");
        assertThat(output).doesNotContain("private-other");
    }

    @Test
    void unmatchedChannelsCanBeGrantedToAuthenticatedUsers() {
        runner.withPropertyValues("lattestream.auth.unmatched=authenticated")
                .run(context -> assertThat(
                                decide(context.getBean(ChannelAuthorizationManager.class), "alice", "private-any"))
                        .isTrue());
    }

    @Test
    void oneLineAtStartupListsThePatterns(CapturedOutput output) {
        runner.withBean(Orders.class)
                .run(context -> assertThat(output.getAll().lines().filter(line -> line.contains("@ChannelAuthorizer")))
                        .singleElement()
                        .asString()
                        .contains("INFO", "private-order-open-{orderId}, private-order-{orderId}", "refused"));
    }

    @Test
    void aValueThatDoesNotPrintBackToTheTextIsRefused() {
        withAuthorizers(new PrintsBack(), manager -> {
            for (String channel : List.of(
                    "private-long-7",
                    "private-uuid-00000000-0000-0000-0000-000000000001",
                    "private-double-1.5",
                    "private-boolean-true",
                    "private-enum-NANOSECONDS",
                    "private-date-2026-01-31",
                    "private-text-07")) {
                assertThat(decide(manager, "alice", channel)).as(channel).isTrue();
            }
            for (String channel : List.of(
                    "private-long-07",
                    "private-long-0x7",
                    "private-long--0",
                    "private-uuid-0-0-0-0-1",
                    "private-uuid-00000000-0000-0000-0000-00000000000A",
                    "private-double-1.50",
                    "private-boolean-yes",
                    "private-boolean-TRUE",
                    "private-enum-nanoseconds",
                    "private-date-2026-1-31")) {
                assertThat(decide(manager, "alice", channel)).as(channel).isFalse();
            }
        });
    }

    @Test
    void aParameterTypeWithoutAConverterStopsTheStart() {
        startFails(NoConverter.class, "for which there is no converter from String");
        runner.withBean("authorizers", Rooms.class)
                .withBean(RoomReader.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOfSatisfying(
                                InvalidChannelAuthorizerException.class,
                                ex -> assertThat(ex.reason()).contains("for which there is no converter to String")));
    }

    @Test
    void withAnAuthorizerUnmatchedChannelsAreRefused() {
        withAuthorizers(new Orders(), manager -> {
            assertThat(decide(manager, "alice", "private-order-7")).isTrue();
            assertThat(decide(manager, "bob", "private-order-7")).isFalse();
            assertThat(decide(manager, "alice", "private-order-seven")).isFalse();
            assertThat(decide(manager, "alice", "private-other")).isFalse();
        });
        runner.withBean(Orders.class)
                .withPropertyValues("lattestream.auth.unmatched=authenticated")
                .run(context -> assertThat(
                                decide(context.getBean(ChannelAuthorizationManager.class), "bob", "private-other"))
                        .isTrue());
    }

    @Test
    void theMostSpecificPatternDecidesAlone() {
        withAuthorizers(new Orders(), manager -> {
            assertThat(decide(manager, "bob", "private-order-open-7")).isTrue();
            assertThat(decide(manager, "alice", "private-order-open-7")).isFalse();
        });
    }

    @Test
    void everySupportedReturnTypeDecides() {
        withAuthorizers(new Returns(), manager -> {
            for (String kind : List.of("boxed", "member", "optional", "stage", "stage-optional")) {
                assertThat(decide(manager, "alice", "presence-" + kind))
                        .as(kind)
                        .isTrue();
                assertThat(decide(manager, "bob", "presence-" + kind)).as(kind).isFalse();
            }
            assertThat(decide(manager, "alice", "presence-throws")).isFalse();
        });
    }

    @Test
    void everySupportedParameterIsResolved() {
        withAuthorizers(
                new Takes(),
                manager ->
                        assertThat(decide(manager, "alice", "private-takes-7")).isTrue());
    }

    @Test
    void variablesAreConvertedAsControllersDoIt() {
        runner.withBean(Rooms.class)
                .withBean(RoomReader.class)
                .withBean(RoomPrinter.class)
                .run(context -> {
                    ChannelAuthorizationManager manager = context.getBean(ChannelAuthorizationManager.class);
                    assertThat(decide(manager, "alice", "private-room-7")).isTrue();
                    assertThat(decide(manager, "alice", "private-room-8")).isFalse();
                });
    }

    @Test
    void aBeanWithAuthorizersThatCannotBeInspectedRefusesEverything(CapturedOutput output) throws Exception {
        Class<?> broken = new WithoutOptionalLibrary().loadClass(HasOptionalParameter.class.getName());
        runner.withInitializer(context -> ((BeanDefinitionRegistry) context)
                        .registerBeanDefinition(
                                "broken",
                                BeanDefinitionBuilder.rootBeanDefinition(broken)
                                        .setLazyInit(true)
                                        .getBeanDefinition()))
                .withPropertyValues("lattestream.auth.unmatched=authenticated")
                .run(context -> {
                    ChannelAuthorizationManager manager = context.getBean(ChannelAuthorizationManager.class);
                    assertThat(decide(manager, "alice", "private-any")).isFalse();
                    assertThat(decide(manager, "alice", "private-other")).isFalse();
                });
        assertThat(output.getAll().lines().filter(line -> line.contains("WARN") && line.contains("'broken'")))
                .singleElement()
                .asString()
                .contains("Optionally", "All subscriptions to private and presence channels are refused");
    }

    @Test
    void aBeanWithoutAuthorizersThatCannotBeInspectedChangesNothing() throws Exception {
        Class<?> broken = new WithoutOptionalLibrary().loadClass(HasOptionalParameterOnly.class.getName());
        runner.withInitializer(context -> ((BeanDefinitionRegistry) context)
                        .registerBeanDefinition(
                                "broken",
                                BeanDefinitionBuilder.rootBeanDefinition(broken)
                                        .setLazyInit(true)
                                        .getBeanDefinition()))
                .withBean(Orders.class)
                .run(context -> assertThat(
                                decide(context.getBean(ChannelAuthorizationManager.class), "alice", "private-order-7"))
                        .isTrue());
    }

    @Test
    void theWholeDecisionCanBeReplaced() {
        runner.withBean(
                        ChannelAuthorizationManager.class,
                        () -> subscription -> CompletableFuture.completedFuture(ChannelDecision.refused()))
                .run(context -> assertThat(context).hasSingleBean(ChannelAuthorizationManager.class));
    }

    @Test
    void anInvalidAuthorizerStopsTheStart() {
        startFails(Ambiguous.class, "neither is more specific");
        startFails(Untaken.class, "it has no parameter for the variable(s) [id]");
        startFails(Unknown.class, "its parameter 'what'");
        startFails(ReturnsText.class, "its return type is java.lang.String");
        startFails(Public.class, "other channels are public");
    }

    @RestController
    static class OwnRoute {

        @PostMapping("/auth")
        String authorize() {
            return "mine";
        }
    }

    @RestController
    static class LoginPage {

        @GetMapping("/auth")
        String page() {
            return "log in";
        }
    }

    static class Orders {

        @ChannelAuthorizer("private-order-{orderId}")
        boolean mayFollow(Principal user, long orderId) {
            return user.getName().equals("alice") && orderId == 7;
        }

        @ChannelAuthorizer("private-order-open-{orderId}")
        boolean mayFollowOpen(Principal user, long orderId) {
            return user.getName().equals("bob");
        }
    }

    record Room(int number) {}

    static class RoomPrinter implements Converter<Room, String> {

        @Override
        public String convert(Room room) {
            return Integer.toString(room.number());
        }
    }

    static class RoomReader implements Converter<String, Room> {

        @Override
        public Room convert(String text) {
            return new Room(Integer.parseInt(text));
        }
    }

    static class Rooms {

        @ChannelAuthorizer("private-room-{room}")
        boolean mayEnter(Room room) {
            return room.number() == 7;
        }
    }

    static class PrintsBack {

        @ChannelAuthorizer("private-long-{id}")
        boolean number(long id) {
            return true;
        }

        @ChannelAuthorizer("private-uuid-{id}")
        boolean uuid(UUID id) {
            return true;
        }

        @ChannelAuthorizer("private-double-{id}")
        boolean fraction(double id) {
            return true;
        }

        @ChannelAuthorizer("private-boolean-{id}")
        boolean truth(boolean id) {
            return true;
        }

        @ChannelAuthorizer("private-enum-{id}")
        boolean constant(TimeUnit id) {
            return true;
        }

        @ChannelAuthorizer("private-date-{id}")
        boolean date(@DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate id) {
            return true;
        }

        @ChannelAuthorizer("private-text-{id}")
        boolean text(String id) {
            return true;
        }
    }

    static class NoConverter {

        @ChannelAuthorizer("private-thread-{thread}")
        boolean number(Thread.UncaughtExceptionHandler thread) {
            return true;
        }
    }

    public static class HasOptionalParameterOnly {

        void use(Optionally library) {}
    }

    /** A type that is not there at run time. */
    interface Optionally {}

    public static class HasOptionalParameter {

        @ChannelAuthorizer("private-any")
        boolean any() {
            return true;
        }

        void use(Optionally library) {}
    }

    private static final class WithoutOptionalLibrary extends ClassLoader {

        private WithoutOptionalLibrary() {
            super(LatteStreamAuthAutoConfigurationTests.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(Optionally.class.getName())) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(HasOptionalParameter.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException ex) {
                throw new ClassNotFoundException(name, ex);
            }
        }
    }

    static class Returns {

        @ChannelAuthorizer("presence-boxed")
        Boolean boxed(Principal user) {
            return user.getName().equals("alice") ? Boolean.TRUE : null;
        }

        @ChannelAuthorizer("presence-member")
        PresenceMember member(Principal user) {
            return user.getName().equals("alice") ? PresenceMember.of("1") : null;
        }

        @ChannelAuthorizer("presence-optional")
        Optional<PresenceMember> optional(Principal user) {
            return Optional.ofNullable(member(user));
        }

        @ChannelAuthorizer("presence-stage")
        CompletionStage<Boolean> stage(Principal user) {
            return CompletableFuture.supplyAsync(() -> user.getName().equals("alice"));
        }

        @ChannelAuthorizer("presence-stage-optional")
        CompletableFuture<Optional<PresenceMember>> stageOfOptional(Principal user) {
            return CompletableFuture.completedFuture(optional(user));
        }

        @ChannelAuthorizer("presence-throws")
        boolean throwing() {
            throw new IllegalStateException("broken");
        }
    }

    static class Takes {

        @ChannelAuthorizer("private-takes-{id}")
        boolean all(
                int id,
                String socketId,
                String channel,
                ChannelSubscription subscription,
                HttpServletRequest request,
                Principal user) {
            return id == 7
                    && socketId.equals("1.1")
                    && channel.equals("private-takes-7")
                    && subscription.request() == request
                    && subscription.user() == user;
        }
    }

    static class Ambiguous {

        @ChannelAuthorizer({"private-{a}-x", "private-x-{a}"})
        boolean both(String a) {
            return true;
        }
    }

    static class Untaken {

        @ChannelAuthorizer("private-{id}")
        boolean untaken(Principal user) {
            return true;
        }
    }

    static class Unknown {

        @ChannelAuthorizer("private-x")
        boolean unknown(Thread what) {
            return true;
        }
    }

    static class ReturnsText {

        @ChannelAuthorizer("private-x")
        String text() {
            return "yes";
        }
    }

    static class Public {

        @ChannelAuthorizer("chat-{id}")
        boolean open(String id) {
            return true;
        }
    }
}
