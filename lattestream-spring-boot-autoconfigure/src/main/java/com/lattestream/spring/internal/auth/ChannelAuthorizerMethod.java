package com.lattestream.spring.internal.auth;

import com.lattestream.spring.auth.ChannelDecision;
import com.lattestream.spring.auth.ChannelSubscription;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** An annotated method of a bean, which decides on the channels of a pattern. Thread-safe. */
final class ChannelAuthorizerMethod {

    private static final Logger logger = LoggerFactory.getLogger(ChannelAuthorizerMethod.class);

    private final ChannelPattern pattern;

    private final CandidateBean bean;

    private final Class<?> type;

    private final Method method;

    private final List<ChannelAuthorizerArgumentResolver> arguments;

    private final ChannelDecisionAdapter decisions;

    private volatile @Nullable Invocable invocable;

    /**
     * Creates an authorizer.
     * @param pattern the channels that the method decides on
     * @param bean the bean, which is looked up for each decision, as its scope requires
     * @param type the class of the bean that was searched
     * @param method the annotated method
     * @param arguments the arguments, in the order of the method's parameters
     * @param decisions converts the values that the method returns
     */
    ChannelAuthorizerMethod(
            ChannelPattern pattern,
            CandidateBean bean,
            Class<?> type,
            Method method,
            List<ChannelAuthorizerArgumentResolver> arguments,
            ChannelDecisionAdapter decisions) {
        this.pattern = pattern;
        this.bean = bean;
        this.type = type;
        this.method = method;
        this.arguments = arguments;
        this.decisions = decisions;
    }

    ChannelPattern pattern() {
        return pattern;
    }

    InvalidChannelAuthorizerException ambiguityWith(ChannelAuthorizerMethod other) {
        return new InvalidChannelAuthorizerException(
                method,
                "its pattern \"" + pattern + "\" and that of " + other
                        + " may match the same channel, and neither is more specific");
    }

    /**
     * Checks that the method can be called on an instance of the bean.
     * @throws InvalidChannelAuthorizerException if a proxy hides the method
     */
    void requireInvocable(Object instance) {
        invocableOn(instance);
    }

    CompletionStage<ChannelDecision> decide(ChannelSubscription subscription, Map<String, String> variables) {
        try {
            Object[] values = new Object[arguments.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments.get(i).resolve(subscription, variables);
            }
            Object instance = bean.get();
            // another instance of a prototype may have authorizers that have not been found
            Class<?> actual = bean.classOf(instance);
            if (ClassUtils.getUserClass(type) != ClassUtils.getUserClass(actual)) {
                throw new IllegalStateException(
                        bean + " is now a " + actual.getName() + ", but a " + type.getName() + " was inspected");
            }
            return decisions.adapt(invocableOn(instance).invoke(instance, values), subscription);
        } catch (UnresolvableArgumentException ex) {
            logger.debug("{} refuses {}: {}", this, subscription, ex.getMessage());
            return CompletableFuture.completedFuture(ChannelDecision.refused());
        } catch (InvocationTargetException ex) {
            return CompletableFuture.failedFuture(ex.getTargetException());
        } catch (Exception ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    // on a JDK proxy, the method of the interface
    private Method invocableOn(Object instance) {
        Invocable known = invocable;
        if (known != null && known.type() == instance.getClass()) {
            return known.method();
        }
        Method found;
        try {
            found = Modifier.isStatic(method.getModifiers())
                    ? method
                    : AopUtils.selectInvocableMethod(method, instance.getClass());
        } catch (IllegalStateException ex) {
            throw new InvalidChannelAuthorizerException(method, String.valueOf(ex.getMessage()));
        }
        if (isHiddenBy(instance, found)) {
            throw new InvalidChannelAuthorizerException(
                    method,
                    "the proxy of its bean cannot intercept it: it must be neither final nor, if the proxy has another class"
                            + " loader, package-private");
        }
        ReflectionUtils.makeAccessible(found);
        invocable = new Invocable(instance.getClass(), found);
        return found;
    }

    // called on such a proxy, the method would run on the proxy itself, without the bean's fields and without advice
    private static boolean isHiddenBy(Object instance, Method method) {
        int modifiers = method.getModifiers();
        if (!AopUtils.isCglibProxy(instance) || Modifier.isStatic(modifiers)) {
            return false;
        }
        boolean packagePrivate = (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE)) == 0;
        return Modifier.isFinal(modifiers)
                || (packagePrivate
                        && method.getDeclaringClass().getClassLoader()
                                != instance.getClass().getClassLoader());
    }

    @Override
    public String toString() {
        return InvalidChannelAuthorizerException.describe(method) + " for \"" + pattern + "\"";
    }

    private record Invocable(Class<?> type, Method method) {}
}
