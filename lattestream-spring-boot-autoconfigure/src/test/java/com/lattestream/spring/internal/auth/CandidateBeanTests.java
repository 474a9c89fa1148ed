package com.lattestream.spring.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.internal.auth.CandidateBean.BeanClass;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.ProxyFactoryBean;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.aot.BeanInstanceSupplier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.PropertiesFactoryBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ConfigurationClassPostProcessor;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;

/** The class of a bean is known only if the bean cannot be an instance of a subclass with authorizers. */
class CandidateBeanTests {

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    private CandidateBean candidate(String name) {
        return CandidateBean.findAll(beans).stream()
                .filter(bean -> bean.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private RootBeanDefinition define(RootBeanDefinition definition) {
        beans.registerBeanDefinition("bean", definition);
        return definition;
    }

    private void supplied(Class<?> declared, Supplier<?> supplier) {
        define(new RootBeanDefinition(declared)).setInstanceSupplier(supplier);
    }

    private void isKnown(Class<?>... types) {
        assertThat(candidate("bean").beanClass()).isEqualTo(new BeanClass(List.of(types), true));
    }

    private void mayBeASubclassOf(Class<?>... types) {
        assertThat(candidate("bean").beanClass()).isEqualTo(new BeanClass(List.of(types), false));
    }

    @Test
    void theClassOfABeanThatExistsIsKnown() {
        supplied(Runnable.class, Task::new);
        mayBeASubclassOf(Runnable.class);
        assertThat(candidate("bean").isCreated()).isFalse();

        Object bean = beans.getBean("bean");

        isKnown(Task.class);
        assertThat(candidate("bean").isCreated()).isTrue();
        assertThat(candidate("bean").get()).isSameAs(bean);
        assertThat(candidate("bean")).hasToString("bean 'bean'");
    }

    @Test
    void aConstructorDeterminesTheClass() {
        define(new RootBeanDefinition(Task.class));

        isKnown(Task.class);
    }

    @Test
    void aConstructorThatASupplierCallsAheadOfTimeDeterminesTheClass() {
        supplied(Task.class, BeanInstanceSupplier.<Task>forConstructor());

        isKnown(Task.class);
    }

    @Test
    void aFactoryMethodMayReturnASubclass() {
        define(new RootBeanDefinition(Factories.class)).setFactoryMethodName("runnable");

        mayBeASubclassOf(Runnable.class);
    }

    @Test
    void aFactoryMethodThatASupplierCallsAheadOfTimeMayReturnASubclass() {
        supplied(Runnable.class, BeanInstanceSupplier.<Runnable>forFactoryMethod(Factories.class, "runnable"));

        mayBeASubclassOf(Runnable.class);
    }

    @Test
    void aFactoryMethodCannotReturnASubclassOfAFinalClass() {
        define(new RootBeanDefinition(Factories.class)).setFactoryMethodName("finalTask");

        isKnown(FinalTask.class);
    }

    @Test
    void aSupplierCannotReturnASubclassOfAFinalClass() {
        supplied(FinalTask.class, FinalTask::new);

        isKnown(FinalTask.class);
    }

    @Test
    void beansThatSpringDeclaresHaveNoAuthorizers() {
        define(new RootBeanDefinition(DefaultConversionService.class)).setFactoryMethodName("getSharedInstance");

        isKnown(ConversionService.class);
    }

    @Test
    void beansThatSpringDeclaresAheadOfTimeHaveNoAuthorizers() {
        supplied(
                ConversionService.class,
                BeanInstanceSupplier.<ConversionService>forFactoryMethod(
                        DefaultConversionService.class, "getSharedInstance"));

        isKnown(ConversionService.class);
    }

    @Test
    void methodsOfConfigurationClassesMayReturnASubclass() {
        new AnnotatedBeanDefinitionReader(beans).register(Configured.class);
        new ConfigurationClassPostProcessor().postProcessBeanDefinitionRegistry(beans);

        mayBeASubclassOf(Runnable.class);
    }

    @Test
    void aProductOfSpringsFactoryBeansThatIsOfTheJdkHasNoAuthorizers() {
        define(new RootBeanDefinition(PropertiesFactoryBean.class));

        isKnown(Properties.class);
        assertThat(candidate("bean").isCreated()).as("a product").isFalse();
        assertThat(candidate("&bean").beanClass()).isEqualTo(new BeanClass(List.of(PropertiesFactoryBean.class), true));
    }

    @Test
    void aProxyThatSpringCreatesIsAnObjectOfTheApplication() {
        ProxyFactoryBean factory = new ProxyFactoryBean();
        factory.setTarget(new Task());
        beans.registerSingleton("bean", factory);

        assertThat(candidate("bean").beanClass().exact()).isFalse();
    }

    @Test
    void aProductOfAnotherFactoryBeanMayBeASubclass() {
        define(new RootBeanDefinition(RunnableFactory.class));

        mayBeASubclassOf(Runnable.class);
    }

    @Test
    void aProductOfAFinalClassIsKnown() {
        beans.registerSingleton("bean", new FinalTaskFactory());

        isKnown(FinalTask.class);
    }

    @Test
    void abstractDefinitionsAreNoBeans() {
        define(new RootBeanDefinition(Task.class)).setAbstract(true);

        assertThat(CandidateBean.findAll(beans)).isEmpty();
    }

    @Test
    void theTargetOfAScopedProxyTakesItsPlace() {
        define(new RootBeanDefinition(Task.class));
        beans.registerBeanDefinition("scopedTarget.bean", new RootBeanDefinition(Task.class));

        assertThat(CandidateBean.findAll(beans)).extracting(CandidateBean::name).containsExactly("scopedTarget.bean");
    }

    @Test
    void theTypesOfAnInstanceAreItsClassAndTheInterfacesOfItsProxyOnly() {
        Task task = new Task();
        ProxyFactory proxy = new ProxyFactory(task);
        proxy.addInterface(AutoCloseable.class);
        beans.registerSingleton("bean", task);

        assertThat(candidate("bean").typesOf(task)).containsExactly(Task.class);
        assertThat(candidate("bean").typesOf(proxy.getProxy()))
                .startsWith(Task.class)
                .contains(AutoCloseable.class);
        assertThat(candidate("bean").classOf(proxy.getProxy())).isEqualTo(Task.class);
    }

    @Test
    void behindAProxyOfAnotherLibraryTheDefinitionDeterminesTheClass() {
        Object proxy = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (self, method, arguments) -> null);
        define(new RootBeanDefinition(Task.class));

        assertThat(candidate("bean").classOf(proxy)).isEqualTo(Task.class);
        assertThat(candidate("bean").classOf(new SubTask())).isEqualTo(SubTask.class);
    }

    @Test
    void behindAProxyOfAnotherLibraryTheReturnTypeOfTheFactoryMethodDeterminesTheClass() {
        define(new RootBeanDefinition(Factories.class)).setFactoryMethodName("finalTask");
        beans.getType("bean");

        assertThat(candidate("bean").classOf(new Object())).isEqualTo(FinalTask.class);
    }

    @Test
    void aPrototypeThatWasCreatedForInspectionIsDestroyed() {
        define(new RootBeanDefinition(Closed.class)).setScope(BeanDefinition.SCOPE_PROTOTYPE);
        CandidateBean bean = candidate("bean");
        Closed instance = (Closed) bean.get();

        bean.discard(instance);

        assertThat(instance.destroyed).hasValue(1);
    }

    @Test
    void aSingletonIsNotDestroyed() {
        define(new RootBeanDefinition(Closed.class));
        CandidateBean bean = candidate("bean");
        Closed instance = (Closed) bean.get();

        bean.discard(instance);

        assertThat(instance.destroyed).hasValue(0);
    }

    static class Task implements Runnable {

        @Override
        public void run() {}
    }

    static class SubTask extends Task {}

    static final class FinalTask {}

    static class Closed implements DisposableBean {

        private final AtomicInteger destroyed = new AtomicInteger();

        @Override
        public void destroy() {
            destroyed.incrementAndGet();
        }
    }

    static class Factories {

        static Runnable runnable() {
            return new Task();
        }

        static FinalTask finalTask() {
            return new FinalTask();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Configured {

        @Bean
        @Lazy
        Runnable bean() {
            return new Task();
        }
    }

    static class RunnableFactory implements FactoryBean<Runnable> {

        @Override
        public Runnable getObject() {
            return new Task();
        }

        @Override
        public Class<?> getObjectType() {
            return Runnable.class;
        }
    }

    static class FinalTaskFactory implements FactoryBean<FinalTask> {

        @Override
        public FinalTask getObject() {
            return new FinalTask();
        }

        @Override
        public Class<?> getObjectType() {
            return FinalTask.class;
        }
    }
}
