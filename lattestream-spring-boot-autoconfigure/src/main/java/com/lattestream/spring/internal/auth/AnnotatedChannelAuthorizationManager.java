package com.lattestream.spring.internal.auth;

import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.auth.ChannelDecision;
import com.lattestream.spring.auth.ChannelSubscription;
import com.lattestream.spring.internal.CandidateClasses;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.ReflectionUtils;

/**
 * Asks the method whose pattern is the most specific of those that match. What none matches is refused as soon as there
 * is a method; before, every user may. Knows its methods once all beans are there. Thread-safe.
 */
public final class AnnotatedChannelAuthorizationManager
        implements ChannelAuthorizationManager, SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(AnnotatedChannelAuthorizationManager.class);

    private final ConfigurableListableBeanFactory beans;

    private final AuthorizerArguments arguments;

    private final @Nullable Boolean unmatchedGranted;

    // the most specific first
    private volatile List<ChannelAuthorizerMethod> methods = List.of();

    // false if there may be methods that could not be found
    private volatile boolean complete = true;

    private volatile boolean initialized;

    /**
     * Creates a manager.
     * @param beans where to look for methods
     * @param conversion converts variables
     * @param unmatchedGranted whether users may subscribe to what no method matches; null for: if there is none at all
     */
    public AnnotatedChannelAuthorizationManager(
            ConfigurableListableBeanFactory beans, ConversionService conversion, @Nullable Boolean unmatchedGranted) {
        this.beans = beans;
        this.arguments = new AuthorizerArguments(conversion, new DefaultParameterNameDiscoverer());
        this.unmatchedGranted = unmatchedGranted;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<ChannelAuthorizerMethod> found = new ArrayList<>();
        for (String name : beans.getBeanNamesForType(Object.class)) {
            if (!ScopedProxyUtils.isScopedTarget(name)) {
                find(name, found);
            }
        }
        requireUnambiguous(found);
        found.sort(Comparator.comparingInt(
                        (ChannelAuthorizerMethod method) -> method.pattern().specificity())
                .reversed());
        methods = List.copyOf(found);
        initialized = true;
    }

    private void find(String beanName, List<ChannelAuthorizerMethod> found) {
        marked(beanName).forEach((method, annotation) -> {
            for (String pattern : annotation.value()) {
                found.add(authorizer(beanName, method, pattern));
            }
            if (annotation.value().length == 0) {
                throw new InvalidChannelAuthorizerException(method, "it names no pattern of channels");
            }
        });
    }

    private Map<Method, ChannelAuthorizer> marked(String beanName) {
        try {
            Class<?> type = AutoProxyUtils.determineTargetClass(beans, beanName);
            if (type == null || !CandidateClasses.mayHave(type, ChannelAuthorizer.class)) {
                return Map.of();
            }
            return MethodIntrospector.selectMethods(
                    type, (MethodIntrospector.MetadataLookup<@Nullable ChannelAuthorizer>)
                            method -> AnnotatedElementUtils.findMergedAnnotation(method, ChannelAuthorizer.class));
        } catch (IllegalStateException | LinkageError ex) {
            // such as a method with a type of an optional library: such a bean works, as long as nobody looks at it
            complete = false;
            logger.warn(
                    "Bean '{}' could not be searched for channel authorizers; if it has some, they decide on nothing: {}",
                    beanName,
                    ex.toString());
            return Map.of();
        }
    }

    private ChannelAuthorizerMethod authorizer(String beanName, Method method, String text) {
        if (!DecisionAdapter.supports(ResolvableType.forMethodReturnType(method))) {
            throw new InvalidChannelAuthorizerException(
                    method,
                    "it returns " + method.getGenericReturnType().getTypeName()
                            + ", and not a boolean, a PresenceMember, an Optional of these, or a CompletionStage of any");
        }
        ChannelPattern pattern;
        try {
            pattern = ChannelPattern.of(text);
        } catch (IllegalArgumentException ex) {
            throw new InvalidChannelAuthorizerException(
                    method, "\"" + text + "\" is no pattern of channels: " + ex.getMessage());
        }
        return new ChannelAuthorizerMethod(
                pattern, () -> beans.getBean(beanName), invocable(beanName, method), arguments.of(method, pattern));
    }

    private Method invocable(String beanName, Method method) {
        Class<?> type = beans.getType(beanName);
        Method invocable = type == null || Modifier.isStatic(method.getModifiers())
                ? method
                : AopUtils.selectInvocableMethod(method, type);
        ReflectionUtils.makeAccessible(invocable);
        return invocable;
    }

    private static void requireUnambiguous(List<ChannelAuthorizerMethod> found) {
        for (int i = 0; i < found.size(); i++) {
            for (int j = i + 1; j < found.size(); j++) {
                if (found.get(i).pattern().isAmbiguousWith(found.get(j).pattern())) {
                    throw found.get(j).conflictsWith(found.get(i));
                }
            }
        }
    }

    @Override
    public CompletionStage<ChannelDecision> authorize(ChannelSubscription subscription) {
        if (!initialized) {
            throw new IllegalStateException("The application is still starting");
        }
        for (ChannelAuthorizerMethod method : methods) {
            Optional<Map<String, String>> variables = method.pattern().match(subscription.channel());
            if (variables.isPresent()) {
                return method.decide(subscription, variables.get());
            }
        }
        boolean granted = unmatchedGranted == null ? methods.isEmpty() && complete : unmatchedGranted;
        return CompletableFuture.completedFuture(granted ? ChannelDecision.granted() : ChannelDecision.refused());
    }
}
