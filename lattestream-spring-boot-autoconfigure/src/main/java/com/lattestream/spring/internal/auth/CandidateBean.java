package com.lattestream.spring.internal.auth;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.aot.BeanInstanceSupplier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ApplicationContext;
import org.springframework.core.type.MethodMetadata;

/**
 * A bean that may have authorizer methods, and what is known of its class.
 *
 * <p>The class of a bean is known if the bean exists, or if its definition calls a constructor. In all other cases
 * (a factory method, an instance supplier or a factory bean, unless the declared class is final) the bean may be an
 * instance of a subclass of its declared type, so that it has to be created before its class is known. The exception are
 * beans that Spring itself declares: they have no authorizer methods.
 */
final class CandidateBean {

    private static final String SPRING = "org.springframework.";

    // such as ProxyFactoryBean, which returns an object of the application
    private static final String SPRING_AOP = "org.springframework.aop.";

    private final ConfigurableListableBeanFactory beans;

    private final String name;

    private CandidateBean(ConfigurableListableBeanFactory beans, String name) {
        this.beans = beans;
        this.name = name;
    }

    /**
     * Returns the beans of a bean factory and of its ancestors. A bean hides those of the same name in ancestors, and the
     * target of a scoped proxy takes the place of the proxy.
     * @throws UninspectableBeanException if an ancestor does not list its beans
     */
    static List<CandidateBean> findAll(ConfigurableListableBeanFactory beans) {
        Map<String, CandidateBean> found = new LinkedHashMap<>();
        ConfigurableListableBeanFactory current = beans;
        while (current != null) {
            Set<String> names = new LinkedHashSet<>(List.of(current.getBeanDefinitionNames()));
            Collections.addAll(names, current.getSingletonNames());
            for (String name : names) {
                if (isCandidate(current, name)) {
                    found.putIfAbsent(name, new CandidateBean(current, name));
                }
            }
            current = parent(current);
        }
        return new ArrayList<>(found.values());
    }

    private static boolean isCandidate(ConfigurableListableBeanFactory beans, String name) {
        return !beans.containsBeanDefinition(ScopedProxyUtils.getTargetBeanName(name))
                && !(beans.containsBeanDefinition(name)
                        && beans.getBeanDefinition(name).isAbstract());
    }

    private static @Nullable ConfigurableListableBeanFactory parent(HierarchicalBeanFactory beans) {
        BeanFactory parent = beans.getParentBeanFactory();
        if (parent instanceof ApplicationContext context) {
            parent = context.getAutowireCapableBeanFactory();
        }
        if (parent == null || parent instanceof ConfigurableListableBeanFactory) {
            return (ConfigurableListableBeanFactory) parent;
        }
        throw new UninspectableBeanException(
                "parent", "the parent bean factory " + parent.getClass().getName() + " does not list its beans", null);
    }

    String name() {
        return name;
    }

    /** Returns the bean, which is created if it does not exist or its scope asks for a new one. */
    Object get() {
        return beans.getBean(name);
    }

    /** Whether the bean exists. */
    boolean isCreated() {
        return !beans.isFactoryBean(name) && beans.getSingleton(name) != null;
    }

    /** Returns what is known of the bean's class without creating the bean. */
    BeanClass beanClass() {
        if (beans.isFactoryBean(name)) {
            Class<?> declared = beans.getType(name, false);
            return new BeanClass(declared, isFinal(declared) || isMadeBySpring(declared));
        }
        Object instance = beans.getSingleton(name);
        if (instance != null) {
            return new BeanClass(classOf(instance), true);
        }
        Class<?> declared = beans.getType(name, false);
        RootBeanDefinition definition = definition();
        if (definition == null) {
            return new BeanClass(declared, false);
        }
        return isMadeByConstructor(definition)
                ? new BeanClass(declaredClass(definition, declared), true)
                : new BeanClass(declared, isFinal(declared) || isDeclaredBySpring(definition));
    }

    /**
     * Returns the class whose methods an instance of the bean has: behind proxies of Spring, the class of their target.
     * Behind any other proxy only the definition knows it.
     */
    Class<?> classOf(Object instance) {
        Class<?> actual = AopProxyUtils.ultimateTargetClass(instance);
        RootBeanDefinition definition = definition();
        Class<?> declared = definition == null || beans.isFactoryBean(name) ? null : declaredClass(definition, null);
        return declared == null || declared.isAssignableFrom(actual) ? actual : declared;
    }

    private @Nullable RootBeanDefinition definition() {
        return beans.containsBeanDefinition(name)
                        && beans.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition
                ? definition
                : null;
    }

    private static @Nullable Class<?> declaredClass(RootBeanDefinition definition, @Nullable Class<?> otherwise) {
        Method factoryMethod = definition.getResolvedFactoryMethod();
        if (factoryMethod != null) {
            return factoryMethod.getReturnType();
        }
        return definition.getFactoryMethodName() == null && definition.hasBeanClass()
                ? definition.getBeanClass()
                : otherwise;
    }

    // in an application processed ahead of time, constructors are called by suppliers as well
    private static boolean isMadeByConstructor(RootBeanDefinition definition) {
        if (definition.getInstanceSupplier() instanceof BeanInstanceSupplier<?> supplier) {
            return supplier.getFactoryMethod() == null;
        }
        return definition.getInstanceSupplier() == null && definition.getFactoryMethodName() == null;
    }

    private static boolean isFinal(@Nullable Class<?> type) {
        return type != null && Modifier.isFinal(type.getModifiers());
    }

    private boolean isDeclaredBySpring(RootBeanDefinition definition) {
        if (definition.getInstanceSupplier() instanceof BeanInstanceSupplier<?> supplier) {
            Method factoryMethod = supplier.getFactoryMethod();
            return factoryMethod != null && isSprings(factoryMethod.getDeclaringClass());
        }
        if (definition.getInstanceSupplier() != null) {
            return false;
        }
        Method factoryMethod = definition.getResolvedFactoryMethod();
        if (factoryMethod != null) {
            return isSprings(factoryMethod.getDeclaringClass());
        }
        // the merged definition has lost what the configuration class knows of its method
        BeanDefinition original = beans.getBeanDefinition(name);
        MethodMetadata method =
                original instanceof AnnotatedBeanDefinition annotated ? annotated.getFactoryMethodMetadata() : null;
        return method != null && method.getDeclaringClassName().startsWith(SPRING);
    }

    private boolean isMadeBySpring(@Nullable Class<?> product) {
        Class<?> factory = beans.getType(BeanFactory.FACTORY_BEAN_PREFIX + name, false);
        return product != null
                && factory != null
                && FactoryBean.class.isAssignableFrom(factory)
                && isSprings(factory)
                && !factory.getName().startsWith(SPRING_AOP)
                && (isSprings(product)
                        || product.getName().startsWith("java.")
                        || product.getName().startsWith("jakarta."));
    }

    private static boolean isSprings(Class<?> type) {
        return type.getName().startsWith(SPRING);
    }

    @Override
    public String toString() {
        return "bean '" + name + "'";
    }

    /**
     * What is known of a bean's class.
     *
     * @param type the class, or the type that the definition declares; null if neither is known
     * @param exact whether the bean has no methods but those of this class
     */
    record BeanClass(@Nullable Class<?> type, boolean exact) {}
}
