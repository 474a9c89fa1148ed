package com.lattestream.spring.internal.auth;

import com.lattestream.spring.auth.ChannelDecision;
import com.lattestream.spring.auth.ChannelSubscription;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A method of a bean that decides on the channels of a pattern. */
final class ChannelAuthorizerMethod {

    private static final Logger logger = LoggerFactory.getLogger(ChannelAuthorizerMethod.class);

    private final ChannelPattern pattern;

    private final Supplier<Object> bean;

    private final Method method;

    private final List<AuthorizerArgument> arguments;

    ChannelAuthorizerMethod(
            ChannelPattern pattern, Supplier<Object> bean, Method method, List<AuthorizerArgument> arguments) {
        this.pattern = pattern;
        this.bean = bean;
        this.method = method;
        this.arguments = arguments;
    }

    ChannelPattern pattern() {
        return pattern;
    }

    InvalidChannelAuthorizerException conflictsWith(ChannelAuthorizerMethod other) {
        return new InvalidChannelAuthorizerException(
                method,
                "a channel may match both its pattern \"" + pattern + "\" and that of " + other
                        + ", and neither is more specific");
    }

    CompletionStage<ChannelDecision> decide(ChannelSubscription subscription, Map<String, String> variables) {
        try {
            Object[] values = new Object[arguments.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments.get(i).resolve(subscription, variables);
            }
            return DecisionAdapter.adapt(method.invoke(bean.get(), values));
        } catch (AuthorizerArgument.UnfitException ex) {
            logger.debug("{} refuses {}: {}", this, subscription, ex.getMessage());
            return CompletableFuture.completedFuture(ChannelDecision.refused());
        } catch (InvocationTargetException ex) {
            return CompletableFuture.failedFuture(ex.getTargetException());
        } catch (Exception ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    @Override
    public String toString() {
        return InvalidChannelAuthorizerException.describe(method) + " for \"" + pattern + "\"";
    }
}
