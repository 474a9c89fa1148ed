package com.lattestream.spring.internal.auth;

import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.auth.ChannelDecision;
import com.lattestream.spring.auth.ChannelSubscription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.convert.ConversionService;

/**
 * Calls the {@link ChannelAuthorizer} method whose pattern is the most specific of those that match the channel. A
 * channel that no pattern matches is refused, unless configured otherwise; so is every channel as long as a bean cannot
 * be inspected for such methods. Thread-safe.
 */
public final class AnnotatedChannelAuthorizationManager
        implements ChannelAuthorizationManager, SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(AnnotatedChannelAuthorizationManager.class);

    private final ChannelAuthorizerRegistry registry;

    private final boolean unmatchedGranted;

    private final AtomicBoolean unmatchedReported = new AtomicBoolean();

    /**
     * Creates a manager.
     * @param beans the beans to search, together with those of ancestors
     * @param conversion converts variables to the types of parameters, and back
     * @param stack supports parameters and return types of the web stack
     * @param unmatchedGranted whether authenticated users may subscribe to channels that no pattern matches
     */
    public AnnotatedChannelAuthorizationManager(
            ConfigurableListableBeanFactory beans,
            ConversionService conversion,
            AuthorizerMethodSupport stack,
            boolean unmatchedGranted) {
        this(beans, conversion, stack, unmatchedGranted, System::nanoTime);
    }

    AnnotatedChannelAuthorizationManager(
            ConfigurableListableBeanFactory beans,
            ConversionService conversion,
            AuthorizerMethodSupport stack,
            boolean unmatchedGranted,
            LongSupplier nanoTime) {
        this.registry = new ChannelAuthorizerRegistry(
                beans,
                new ChannelAuthorizerMethodFactory(
                        new ChannelAuthorizerArgumentResolvers(conversion, new DefaultParameterNameDiscoverer(), stack),
                        new ChannelDecisionAdapter(stack)),
                nanoTime);
        this.unmatchedGranted = unmatchedGranted;
    }

    @Override
    public void afterSingletonsInstantiated() {
        registry.inspectKnownBeans();
        List<String> patterns = registry.patterns();
        logger.info(
                "{} private and presence channels are {}",
                patterns.isEmpty()
                        ? "No @ChannelAuthorizer methods found: all"
                        : "Channels with a @ChannelAuthorizer method: " + String.join(", ", patterns) + "; all other",
                unmatchedGranted ? "open to every authenticated user" : "refused");
        List<String> pending = registry.pendingBeans();
        if (!pending.isEmpty()) {
            logger.debug("Beans that are created and inspected before the first decision: {}", pending);
        }
    }

    /**
     * Returns the patterns of the authorizers that are known, the most specific first.
     * @return the patterns; authorizers of beans whose class is known only after their creation may be missing
     */
    public List<String> patterns() {
        registry.inspectKnownBeans();
        return registry.patterns();
    }

    /**
     * Returns the patterns of all authorizers, the most specific first. Creates the beans whose class is known only after
     * their creation.
     * @return the patterns
     * @throws RuntimeException if a bean that may have authorizers cannot be inspected
     */
    public List<String> allPatterns() {
        return registry.authorizers().stream()
                .map(authorizer -> authorizer.pattern().toString())
                .toList();
    }

    /**
     * Returns whether authenticated users may subscribe to channels that no pattern matches.
     * @return whether unmatched channels are granted
     */
    public boolean isUnmatchedGranted() {
        return unmatchedGranted;
    }

    @Override
    public CompletionStage<ChannelDecision> authorize(ChannelSubscription subscription) {
        List<ChannelAuthorizerMethod> authorizers;
        try {
            authorizers = registry.authorizers();
        } catch (UninspectableBeanException | InvalidChannelAuthorizerException ex) {
            // the registry has already logged the reason
            logger.debug("Refused {}: {}", subscription, ex.getMessage());
            return CompletableFuture.completedFuture(ChannelDecision.refused());
        }
        for (ChannelAuthorizerMethod authorizer : authorizers) {
            Optional<Map<String, String>> variables = authorizer.pattern().match(subscription.channel());
            if (variables.isPresent()) {
                return authorizer.decide(subscription, variables.get());
            }
        }
        return CompletableFuture.completedFuture(unmatched(subscription));
    }

    private ChannelDecision unmatched(ChannelSubscription subscription) {
        if (unmatchedGranted) {
            return ChannelDecision.granted();
        }
        if (unmatchedReported.compareAndSet(false, true)) {
            logger.warn(
                    "Refused a subscription to {}: no @ChannelAuthorizer pattern matches this channel. Add a"
                            + " @ChannelAuthorizer method that decides on it, or set"
                            + " 'lattestream.auth.unmatched=authenticated' to grant unmatched channels to every"
                            + " authenticated user. Further refusals for this reason are logged at DEBUG",
                    subscription.channel());
        } else {
            logger.debug("Refused {}: no @ChannelAuthorizer pattern matches the channel", subscription);
        }
        return ChannelDecision.refused();
    }
}
