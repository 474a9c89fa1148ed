package com.lattestream.spring.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.auth.ChannelSubscription;
import com.lattestream.spring.internal.auth.servlet.ServletAuthorizerMethodSupport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.mock.web.MockHttpServletRequest;

@ExtendWith(OutputCaptureExtension.class)
class AnnotatedChannelAuthorizationManagerTests {

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    // any value, as of System.nanoTime
    private final AtomicLong nanoTime = new AtomicLong(Duration.ofDays(1).toNanos());

    private final AnnotatedChannelAuthorizationManager manager = new AnnotatedChannelAuthorizationManager(
            beans, new DefaultFormattingConversionService(), new ServletAuthorizerMethodSupport(), true, nanoTime::get);

    // other classes may log a line at any time
    private static Stream<String> warnings(CapturedOutput output) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains("WARN") && line.contains("ChannelAuthorizerRegistry"));
    }

    private boolean isGranted(String channel) {
        return manager.authorize(new ChannelSubscription(() -> "alice", "1.1", channel, new MockHttpServletRequest()))
                .toCompletableFuture()
                .join()
                .isGranted();
    }

    private void lazily(String name, Class<?> declared, Supplier<Object> supplier) {
        RootBeanDefinition definition = new RootBeanDefinition(declared);
        definition.setInstanceSupplier(supplier);
        definition.setLazyInit(true);
        beans.registerBeanDefinition(name, definition);
    }

    @Test
    void aBeanThatCannotBeCreatedRefusesEverythingUntilItCanWithOneWarning(CapturedOutput output) {
        AtomicInteger attempts = new AtomicInteger();
        lazily("gate", Runnable.class, () -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("the database is away");
            }
            return new Gate();
        });
        manager.afterSingletonsInstantiated();
        assertThat(attempts).hasValue(0);

        assertThat(isGranted("private-open")).isFalse();
        assertThat(isGranted("private-open")).isFalse();
        assertThat(attempts).as("attempts within ten seconds").hasValue(1);

        nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(isGranted("private-open")).isFalse();
        nanoTime.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(isGranted("private-open")).isTrue();
        assertThat(isGranted("private-closed")).isFalse();

        assertThat(attempts).hasValue(3);
        assertThat(warnings(output))
                .singleElement()
                .asString()
                .contains("Bean 'gate'", "the database is away", "All subscriptions");
    }

    @Test
    void anInvalidAuthorizerFoundAfterStartupRefusesEverything(CapturedOutput output) {
        lazily("gate", Object.class, Invalid::new);
        manager.afterSingletonsInstantiated();

        assertThat(isGranted("private-open")).isFalse();

        assertThat(output).contains("WARN").contains("it has no parameter for the variable(s) [id]");
    }

    @Test
    void anAncestorThatDoesNotListItsBeansRefusesEverything(CapturedOutput output) {
        beans.setParentBeanFactory(new StaticListableBeanFactory());
        manager.afterSingletonsInstantiated();
        assertThat(output).contains("WARN").contains("StaticListableBeanFactory");

        assertThat(isGranted("private-open")).isFalse();
    }

    @Test
    void aComponentThatIsInBothContextsCountsOnce() {
        DefaultListableBeanFactory parent = new DefaultListableBeanFactory();
        parent.registerSingleton("gate", new Gate());
        beans.setParentBeanFactory(parent);
        beans.registerSingleton("gate", new Gate());
        manager.afterSingletonsInstantiated();

        assertThat(isGranted("private-open")).isTrue();
        assertThat(isGranted("private-closed")).isFalse();
    }

    @Test
    void anotherBeanOfTheSameNameDoesNotHideAnAuthorizerInAnAncestor() {
        DefaultListableBeanFactory parent = new DefaultListableBeanFactory();
        parent.registerSingleton("gate", new Gate());
        beans.setParentBeanFactory(parent);
        beans.registerSingleton("gate", new Other());
        manager.afterSingletonsInstantiated();

        assertThat(isGranted("private-closed")).isFalse();
        assertThat(isGranted("private-other")).isTrue();
    }

    @Test
    void anAuthorizerOnAFactoryBeanItselfDecides() {
        beans.registerSingleton("product", new GateFactory());
        manager.afterSingletonsInstantiated();

        assertThat(isGranted("private-factory")).isFalse();
        assertThat(isGranted("private-other")).isTrue();
    }

    @Test
    void anAuthorizerOnTheInterfaceOfARepositoryDecides() {
        RootBeanDefinition definition = new RootBeanDefinition(RepositoryFactory.class);
        definition.setLazyInit(true);
        beans.registerBeanDefinition("repository", definition);
        manager.afterSingletonsInstantiated();

        assertThat(isGranted("private-repository")).isFalse();
        assertThat(isGranted("private-other")).isTrue();
    }

    @Test
    void aFinalMethodThatItsProxyCannotInterceptStopsTheStart() {
        ProxyFactory factory = new ProxyFactory(new FinalMethod());
        factory.setProxyTargetClass(true);
        beans.registerSingleton("gate", factory.getProxy());

        assertThatExceptionOfType(InvalidChannelAuthorizerException.class)
                .isThrownBy(manager::afterSingletonsInstantiated)
                .withMessageContaining("cannot intercept it");
    }

    @Test
    void aProxyThatHidesTheMethodStopsTheStart() {
        ProxyFactory factory = new ProxyFactory(new Gate());
        factory.setInterfaces(Runnable.class);
        beans.registerSingleton("gate", factory.getProxy());

        assertThatExceptionOfType(InvalidChannelAuthorizerException.class)
                .isThrownBy(manager::afterSingletonsInstantiated)
                .withMessageContaining("not found in any interface");
    }

    @Test
    void aPrototypeThatChangesItsClassIsRefused() {
        AtomicInteger instances = new AtomicInteger();
        RootBeanDefinition definition = new RootBeanDefinition(Object.class);
        definition.setInstanceSupplier(() -> instances.getAndIncrement() == 0 ? new Gate() : new OtherGate());
        definition.setScope(BeanDefinition.SCOPE_PROTOTYPE);
        beans.registerBeanDefinition("gate", definition);
        manager.afterSingletonsInstantiated();

        assertThat(manager.authorize(
                        new ChannelSubscription(() -> "alice", "1.1", "private-open", new MockHttpServletRequest())))
                .isCompletedExceptionally();
    }

    @Test
    void beansThatCannotExistInAWebRequestAreKnownByTheirConcreteClass() {
        define("step", "gate").setScope("step");
        beans.registerScope("step", new InactiveScope());
        RootBeanDefinition withArgument = define("task", "task");
        withArgument.setAutowireMode(RootBeanDefinition.AUTOWIRE_CONSTRUCTOR);
        withArgument.setScope(BeanDefinition.SCOPE_PROTOTYPE);
        manager.afterSingletonsInstantiated();

        assertThat(isGranted("private-other")).isTrue();
    }

    @Test
    void anInterfaceInAnInactiveScopeRefusesEverything(CapturedOutput output) {
        define("step", "runnable").setScope("step");
        beans.registerScope("step", new InactiveScope());
        manager.afterSingletonsInstantiated();

        assertThat(isGranted("private-other")).isFalse();

        assertThat(output).contains("WARN").contains("Bean 'step'");
    }

    private RootBeanDefinition define(String name, String factoryMethod) {
        RootBeanDefinition definition = new RootBeanDefinition(Products.class);
        definition.setFactoryMethodName(factoryMethod);
        beans.registerBeanDefinition(name, definition);
        return definition;
    }

    @Test
    void anAuthorizerOnAnInterfaceThatOnlyTheProxyHasDecides() {
        ProxyFactory factory = new ProxyFactory(new Object());
        factory.setInterfaces(Repository.class);
        factory.addAdvice((MethodInterceptor) invocation -> false);
        lazily("lazy", Object.class, factory::getProxy);
        manager.afterSingletonsInstantiated();

        assertThat(isGranted("private-repository")).isFalse();
        assertThat(isGranted("private-other")).isTrue();
    }

    @Test
    void lazyBeansOfAKnownClassAreNotCreated() {
        AtomicInteger created = new AtomicInteger();
        RootBeanDefinition definition = new RootBeanDefinition(Counted.class);
        definition.setLazyInit(true);
        beans.registerBeanDefinition("counted", definition);
        beans.registerSingleton("counter", created);
        Counted.created = created;
        lazily("final", FinalClass.class, () -> {
            created.incrementAndGet();
            return new FinalClass();
        });
        manager.afterSingletonsInstantiated();

        isGranted("private-open");

        assertThat(created).hasValue(0);
    }

    static class Gate implements Runnable {

        @ChannelAuthorizer("private-open")
        boolean open() {
            return true;
        }

        @ChannelAuthorizer("private-closed")
        boolean closed() {
            return false;
        }

        @Override
        public void run() {}
    }

    static class OtherGate extends Gate {

        @ChannelAuthorizer("private-ope{x}")
        boolean stricter(String x) {
            return false;
        }
    }

    static class FinalMethod {

        private final boolean closed = Boolean.parseBoolean("true");

        @ChannelAuthorizer("private-final")
        public final boolean mayRead() {
            return !closed;
        }
    }

    static class GateFactory implements FactoryBean<Other> {

        @ChannelAuthorizer("private-factory")
        boolean mayRead() {
            return false;
        }

        @Override
        public Other getObject() {
            return new Other();
        }

        @Override
        public Class<?> getObjectType() {
            return Other.class;
        }
    }

    /** Like repositories of Spring Data: the target of the proxy does not have the interface. */
    static class RepositoryFactory implements FactoryBean<Repository> {

        @Override
        public Repository getObject() {
            ProxyFactory factory = new ProxyFactory(new Object());
            factory.setInterfaces(Repository.class);
            factory.addAdvice((MethodInterceptor) invocation -> false);
            return (Repository) factory.getProxy();
        }

        @Override
        public Class<?> getObjectType() {
            return Repository.class;
        }
    }

    interface Repository {

        @ChannelAuthorizer("private-repository")
        boolean mayRead();
    }

    static class Products {

        static Other gate() {
            return new Other();
        }

        static Other task(String argument) {
            return new Other();
        }

        static Runnable runnable() {
            return new Gate();
        }
    }

    static class Other {}

    static class Invalid {

        @ChannelAuthorizer("private-{id}")
        boolean invalid() {
            return true;
        }
    }

    static class Counted {

        private static AtomicInteger created;

        Counted() {
            created.incrementAndGet();
        }
    }

    static final class FinalClass {}
}
