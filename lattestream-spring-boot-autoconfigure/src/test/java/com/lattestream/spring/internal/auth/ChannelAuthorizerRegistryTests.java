package com.lattestream.spring.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.internal.auth.servlet.ServletAuthorizerMethodSupport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.format.support.DefaultFormattingConversionService;

@ExtendWith(OutputCaptureExtension.class)
class ChannelAuthorizerRegistryTests {

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    private final AtomicLong nanoTime = new AtomicLong(Duration.ofDays(1).toNanos());

    private final ServletAuthorizerMethodSupport stack = new ServletAuthorizerMethodSupport();

    private final ChannelAuthorizerRegistry registry = new ChannelAuthorizerRegistry(
            beans,
            new ChannelAuthorizerMethodFactory(
                    new ChannelAuthorizerArgumentResolvers(
                            new DefaultFormattingConversionService(), new DefaultParameterNameDiscoverer(), stack),
                    new ChannelDecisionAdapter(stack)),
            nanoTime::get);

    private RootBeanDefinition lazily(String name, Supplier<Object> supplier) {
        RootBeanDefinition definition = new RootBeanDefinition(Object.class);
        definition.setInstanceSupplier(supplier);
        definition.setLazyInit(true);
        beans.registerBeanDefinition(name, definition);
        return definition;
    }

    // other classes may log a line at any time
    private static Stream<String> warnings(CapturedOutput output) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains("WARN") && line.contains("ChannelAuthorizerRegistry"));
    }

    private List<String> authorizers() {
        return registry.authorizers().stream()
                .map(authorizer -> authorizer.pattern().toString())
                .toList();
    }

    @Test
    void theMostSpecificPatternIsTheFirst() {
        beans.registerSingleton("gate", new Gate());

        registry.inspectKnownBeans();

        assertThat(registry.patterns()).containsExactly("private-a-longer-{x}", "private-{x}");
        assertThat(registry.pendingBeans()).isEmpty();
        assertThat(authorizers()).isEqualTo(registry.patterns());
    }

    @Test
    void beansOfAnUnknownClassAreInspectedBeforeTheFirstDecision() {
        lazily("lazy", Gate::new);

        registry.inspectKnownBeans();

        assertThat(registry.patterns()).isEmpty();
        assertThat(registry.pendingBeans()).containsExactly("lazy");
        assertThat(authorizers()).containsExactly("private-a-longer-{x}", "private-{x}");
        assertThat(registry.pendingBeans()).isEmpty();
        assertThat(registry.patterns()).hasSize(2);
    }

    @Test
    void otherThreadsCanUseTheRegistryAfterEachCall() {
        lazily("lazy", Gate::new);
        List<Runnable> calls =
                List.of(registry::inspectKnownBeans, registry::patterns, registry::pendingBeans, registry::authorizers);

        for (Runnable call : calls) {
            call.run();

            assertThat(CompletableFuture.supplyAsync(registry::patterns)).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void aBeanIsCreatedOnceThoughAnotherOneCannotBeInspected(CapturedOutput output) {
        AtomicInteger created = new AtomicInteger();
        AtomicBoolean broken = new AtomicBoolean(true);
        lazily("first", () -> {
                    created.incrementAndGet();
                    return new Gate();
                })
                .setScope(BeanDefinition.SCOPE_PROTOTYPE);
        lazily("second", () -> {
            if (broken.get()) {
                throw new IllegalStateException("the database is away");
            }
            return new Object();
        });

        assertThatExceptionOfType(UninspectableBeanException.class).isThrownBy(registry::authorizers);
        broken.set(false);
        // within ten seconds, no bean is created
        assertThatExceptionOfType(UninspectableBeanException.class).isThrownBy(registry::authorizers);
        nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());

        assertThat(authorizers()).hasSize(2);
        assertThat(created).hasValue(1);
        assertThat(output).contains("All beans have been inspected for @ChannelAuthorizer methods");
    }

    @Test
    void aBeanIsPendingOnceThoughAnInvalidAuthorizerEndsTheInspection() {
        lazily("lazy", Gate::new);
        beans.registerSingleton("invalid", new Invalid());

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(InvalidChannelAuthorizerException.class).isThrownBy(registry::inspectKnownBeans);
        }

        assertThat(registry.pendingBeans()).containsExactly("lazy");
    }

    @Test
    void withoutAFailureNoRecoveryIsLogged(CapturedOutput output) {
        lazily("lazy", Gate::new);

        registry.authorizers();

        assertThat(output).doesNotContain("All beans have been inspected");
    }

    @Test
    void patternsOfLazyBeansAreAmbiguousToo() {
        lazily("one", Gate::new);
        lazily("two", Gate::new);

        assertThatExceptionOfType(InvalidChannelAuthorizerException.class)
                .isThrownBy(registry::authorizers)
                .withMessageContaining("neither is more specific")
                // of all methods of the bean, in the order in which the JVM returns them
                .withMessageMatching(".*Gate\\.\\w+\\(\\.\\.\\.\\) for \"private-.*");
    }

    @Test
    void aLazyProxyThatCannotInterceptAnAuthorizerIsNotUsed() {
        ProxyFactory proxy = new ProxyFactory(new FinalMethod());
        proxy.setProxyTargetClass(true);
        lazily("lazy", proxy::getProxy);

        assertThatExceptionOfType(InvalidChannelAuthorizerException.class)
                .isThrownBy(registry::authorizers)
                .withMessageContaining("cannot intercept it");
    }

    @Test
    void aProxyCanInterceptAPackagePrivateMethodIfItHasTheSameClassLoader() {
        ProxyFactory proxy = new ProxyFactory(new PackagePrivateMethod());
        proxy.setProxyTargetClass(true);
        lazily("lazy", proxy::getProxy);

        assertThat(authorizers()).containsExactly("private-package");
    }

    @Test
    void anInstanceThatWasCreatedForInspectionIsDestroyed() {
        Disposable instance = new Disposable();
        lazily("prototype", () -> instance).setScope(BeanDefinition.SCOPE_PROTOTYPE);

        registry.authorizers();

        assertThat(instance.destroyed).isTrue();
    }

    @Test
    void authorizersOfABeanThatCannotBeCreatedNowAreThoseOfItsClass() {
        RootBeanDefinition definition = new RootBeanDefinition(Factory.class);
        definition.setFactoryMethodName("gate");
        definition.setScope("step");
        beans.registerBeanDefinition("step", definition);
        beans.registerScope("step", new InactiveScope());

        assertThat(authorizers()).containsExactly("private-a-longer-{x}", "private-{x}");
    }

    @Test
    void anInterruptedThreadDoesNotWaitForTheInspection() {
        lazily("lazy", Gate::new);
        Thread.currentThread().interrupt();

        assertThatIllegalStateException()
                .isThrownBy(registry::authorizers)
                .withMessage("Beans are still being inspected for channel authorizers");

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theReasonWhyAnAuthorizerCannotBeUsedIsLoggedOnce(CapturedOutput output) {
        lazily("invalid", Invalid::new);

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(InvalidChannelAuthorizerException.class).isThrownBy(registry::authorizers);
            nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        }

        assertThat(warnings(output))
                .singleElement()
                .asString()
                .contains("A @ChannelAuthorizer method cannot be used", "has no channel pattern", "every 10 s");
    }

    static class Gate {

        @ChannelAuthorizer("private-{x}")
        boolean any(String x) {
            return true;
        }

        @ChannelAuthorizer("private-a-longer-{x}")
        boolean longer(String x) {
            return true;
        }
    }

    static class Invalid {

        @ChannelAuthorizer({})
        boolean invalid() {
            return true;
        }
    }

    static class FinalMethod {

        @ChannelAuthorizer("private-final")
        public final boolean mayRead() {
            return true;
        }
    }

    static class PackagePrivateMethod {

        @ChannelAuthorizer("private-package")
        boolean mayRead() {
            return true;
        }
    }

    static class Disposable implements DisposableBean {

        private boolean destroyed;

        @Override
        public void destroy() {
            destroyed = true;
        }
    }

    static class Factory {

        static Gate gate() {
            return new Gate();
        }
    }
}
