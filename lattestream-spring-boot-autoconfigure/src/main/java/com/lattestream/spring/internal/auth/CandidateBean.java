package com.lattestream.spring.internal.auth;

import com.lattestream.spring.internal.CandidateClasses;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.aot.BeanInstanceSupplier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.beans.factory.support.ScopeNotActiveException;
import org.springframework.context.ApplicationContext;
import org.springframework.core.type.MethodMetadata;
import org.springframework.util.ClassUtils;

/**
 * A bean that may have authorizer methods, and the information about its class.
 *
 * <p>The class of a bean is known if the bean exists, or if its definition calls a constructor. In all other cases (a
 * factory method, an instance supplier or a factory bean, unless the declared class is final) the bean may be an
 * instance of a subclass of its declared type, so that it has to be created before its class is known. The exception
 * are beans that Spring itself declares: they have no authorizer methods.
 */
final class CandidateBean {

    // for example ProxyFactoryBean, which returns an object of the application
    private static final String SPRING_AOP = "org.springframework.aop.";

    private final ConfigurableListableBeanFactory beans;

    private final String name;

    // without the prefix of a factory bean
    private final String definitionName;

    private CandidateBean(ConfigurableListableBeanFactory beans, String name) {
        this.beans = beans;
        this.name = name;
        this.definitionName = BeanFactoryUtils.transformedBeanName(name);
    }

    /**
     * Returns the beans of a bean factory and of its ancestors, factory beans as well as their products. The target of
     * a scoped proxy takes the place of the proxy. A bean of an ancestor is left out if a descendant has the same class
     * under the same name, because both contexts may have scanned the same component.
     * @throws UninspectableBeanException if an ancestor does not list its beans
     */
    static List<CandidateBean> findAll(ConfigurableListableBeanFactory beans) {
        Map<String, CandidateBean> byName = new HashMap<>();
        List<CandidateBean> found = new ArrayList<>();
        ConfigurableListableBeanFactory current = beans;
        while (current != null) {
            for (CandidateBean bean : in(current)) {
                CandidateBean hiding = byName.putIfAbsent(bean.name, bean);
                if (hiding == null || !hiding.isSameAs(bean)) {
                    found.add(bean);
                }
            }
            current = parent(current);
        }
        return found;
    }

    private static List<CandidateBean> in(ConfigurableListableBeanFactory beans) {
        Set<String> names = new LinkedHashSet<>(List.of(beans.getBeanDefinitionNames()));
        Collections.addAll(names, beans.getSingletonNames());
        List<CandidateBean> candidates = new ArrayList<>();
        for (String name : names) {
            if (isCandidate(beans, name)) {
                candidates.add(new CandidateBean(beans, name));
                if (beans.isFactoryBean(name)) {
                    candidates.add(new CandidateBean(beans, BeanFactory.FACTORY_BEAN_PREFIX + name));
                }
            }
        }
        return candidates;
    }

    private boolean isSameAs(CandidateBean other) {
        BeanClass own = beanClass();
        return own.exact() && own.equals(other.beanClass());
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

    /** Returns the bean, which is created if it does not exist or if its scope requires a new instance. */
    Object get() {
        return beans.getBean(name);
    }

    /** Returns whether the bean exists. */
    boolean isCreated() {
        return !isProduct() && beans.getSingleton(definitionName) != null;
    }

    /** Returns the information about the bean's class that is available without creating the bean. */
    BeanClass beanClass() {
        if (isProduct()) {
            Class<?> declared = beans.getType(name, false);
            return BeanClass.of(declared, isFinal(declared) || isProducedBySpring(declared));
        }
        Object instance = beans.getSingleton(definitionName);
        if (instance != null) {
            return new BeanClass(typesOf(instance), true);
        }
        Class<?> declared = beans.getType(name, false);
        RootBeanDefinition definition = definition();
        if (definition == null) {
            return BeanClass.of(declared, false);
        }
        return isCreatedByConstructor(definition)
                ? BeanClass.of(declaredClass(definition, declared), true)
                : BeanClass.of(declared, isFinal(declared) || isDeclaredBySpring(definition));
    }

    /**
     * Returns the class of the bean if the bean cannot be created at all now, and so cannot be called either: a bean of
     * a scope that is not active in web requests, or a prototype that needs arguments. Null if this is not the reason,
     * or the definition declares no concrete class.
     */
    @Nullable Class<?> declaredClassOfUncreatable(Throwable failure) {
        RootBeanDefinition definition = definition();
        boolean uncreatable = failure instanceof ScopeNotActiveException
                || (failure instanceof UnsatisfiedDependencyException
                        && definition != null
                        && definition.isPrototype());
        Class<?> declared = uncreatable ? beans.getType(name, false) : null;
        return declared != null && !Modifier.isAbstract(declared.getModifiers()) ? declared : null;
    }

    /**
     * Returns the types to search on an instance: its class, and the types that only its proxy has, such as the
     * interface of a Spring Data repository or an introduced interface.
     */
    List<Class<?>> typesOf(Object instance) {
        Class<?> type = classOf(instance);
        Set<Class<?>> types = new LinkedHashSet<>(List.of(type));
        ClassUtils.getAllInterfacesForClassAsSet(instance.getClass()).stream()
                .filter(exposed -> !exposed.isAssignableFrom(type))
                .forEach(types::add);
        return List.copyOf(types);
    }

    /**
     * Returns the class whose methods an instance of the bean has: behind proxies of Spring, the class of their target.
     * Behind any other proxy, the class is determined from the bean definition only.
     */
    Class<?> classOf(Object instance) {
        Class<?> actual = AopProxyUtils.ultimateTargetClass(instance);
        RootBeanDefinition definition = definition();
        Class<?> declared = definition == null || isProduct() ? null : declaredClass(definition, null);
        return declared == null || declared.isAssignableFrom(actual) ? actual : declared;
    }

    private boolean isProduct() {
        return name.equals(definitionName) && beans.isFactoryBean(name);
    }

    /** Destroys an instance that was created for inspection and is not used otherwise. */
    void discard(Object instance) {
        if (name.equals(definitionName) && !beans.isFactoryBean(name) && beans.isPrototype(name)) {
            beans.destroyBean(name, instance);
        }
    }

    private @Nullable RootBeanDefinition definition() {
        return beans.containsBeanDefinition(definitionName)
                        && beans.getMergedBeanDefinition(definitionName) instanceof RootBeanDefinition definition
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
    private static boolean isCreatedByConstructor(RootBeanDefinition definition) {
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
            return factoryMethod != null && isSpringClass(factoryMethod.getDeclaringClass());
        }
        if (definition.getInstanceSupplier() != null) {
            return false;
        }
        Method factoryMethod = definition.getResolvedFactoryMethod();
        if (factoryMethod != null) {
            return isSpringClass(factoryMethod.getDeclaringClass());
        }
        // the merged bean definition lacks the configuration class's metadata of the method
        BeanDefinition original = beans.getBeanDefinition(definitionName);
        MethodMetadata method =
                original instanceof AnnotatedBeanDefinition annotated ? annotated.getFactoryMethodMetadata() : null;
        return method != null && CandidateClasses.isSpringClass(method.getDeclaringClassName());
    }

    private boolean isProducedBySpring(@Nullable Class<?> product) {
        Class<?> factory = beans.getType(BeanFactory.FACTORY_BEAN_PREFIX + name, false);
        return product != null
                && factory != null
                && FactoryBean.class.isAssignableFrom(factory)
                && isSpringClass(factory)
                && !factory.getName().startsWith(SPRING_AOP)
                && (isSpringClass(product)
                        || product.getName().startsWith("java.")
                        || product.getName().startsWith("jakarta."));
    }

    private static boolean isSpringClass(Class<?> type) {
        return CandidateClasses.isSpringClass(type.getName());
    }

    @Override
    public String toString() {
        return "bean '" + name + "'";
    }

    /**
     * The information about a bean's class.
     *
     * @param types the class, or the type that the definition declares; empty if neither is known
     * @param exact whether the bean has only methods of these types
     */
    record BeanClass(List<Class<?>> types, boolean exact) {

        private static BeanClass of(@Nullable Class<?> type, boolean exact) {
            return new BeanClass(type == null ? List.of() : List.of(type), exact);
        }
    }
}
