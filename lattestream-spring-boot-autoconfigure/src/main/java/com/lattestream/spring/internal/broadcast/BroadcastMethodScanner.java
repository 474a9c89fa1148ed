package com.lattestream.spring.internal.broadcast;

import com.lattestream.spring.broadcast.Broadcast;
import com.lattestream.spring.internal.CandidateClasses;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/** Finds the annotated methods of beans. */
final class BroadcastMethodScanner {

    private static final Logger logger = LoggerFactory.getLogger(BroadcastMethodScanner.class);

    private BroadcastMethodScanner() {}

    /**
     * Searches the classes of all beans, without creating a bean.
     * @throws InvalidBroadcastException if an annotated method cannot be used
     */
    static List<BroadcastMethod> find(ConfigurableListableBeanFactory beans) {
        List<BroadcastMethod> found = new ArrayList<>();
        for (String name : beans.getBeanNamesForType(Object.class, true, false)) {
            if (ScopedProxyUtils.isScopedTarget(name)) {
                continue;
            }
            annotatedMethods(beans, name).forEach((method, type) -> {
                if (Modifier.isFinal(type.getModifiers())
                        && !Proxy.isProxyClass(type)
                        && !ClassUtils.isLambdaClass(type)
                        && !isDeclaredByInterface(method, type)) {
                    throw finalClass(method, type);
                }
                BroadcastMethod broadcast = BroadcastMethod.of(method, type);
                if (broadcast != null) {
                    found.add(broadcast);
                }
            });
        }
        return found;
    }

    private static Map<Method, Class<?>> annotatedMethods(ConfigurableListableBeanFactory beans, String name) {
        try {
            Class<?> type = AutoProxyUtils.determineTargetClass(beans, name);
            if (type == null || !CandidateClasses.mayHaveAnnotation(type, Broadcast.class)) {
                return Map.of();
            }
            Map<Method, Class<?>> annotated = new LinkedHashMap<>();
            annotatedMethods(type).forEach(method -> annotated.put(method, type));
            return annotated;
        } catch (IllegalStateException | LinkageError ex) {
            // for example a method with a type of a missing optional library: the bean works as long as its methods are
            // not inspected
            logger.debug("Bean '{}' could not be searched for methods with @Broadcast", name, ex);
            return Map.of();
        }
    }

    /** Returns the annotated methods of a class. */
    static Set<Method> annotatedMethods(Class<?> type) {
        return MethodIntrospector.selectMethods(
                type, (Method method) -> AnnotatedElementUtils.hasAnnotation(method, Broadcast.class));
    }

    /** Returns whether a proxy of a type's interfaces has the method. */
    static boolean isDeclaredByInterface(Method method, Class<?> type) {
        for (Class<?> each : ClassUtils.getAllInterfacesForClass(type)) {
            if (ClassUtils.hasMethod(each, method)) {
                return true;
            }
        }
        return false;
    }

    static InvalidBroadcastException finalClass(Method method, Class<?> type) {
        return new InvalidBroadcastException(
                BroadcastMethod.location(method, type),
                "the class is final, so that it cannot be proxied and calls of the method cannot be intercepted. Make the"
                        + " class non-final, or publish an event instead");
    }
}
