package com.lattestream.spring.internal.auth;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ResolvableType;

/** Creates authorizers from the annotated methods of beans, and checks that they can be used. */
final class ChannelAuthorizerMethodFactory {

    private final ChannelAuthorizerArgumentResolvers argumentResolvers;

    private final ChannelDecisionAdapter decisions;

    ChannelAuthorizerMethodFactory(
            ChannelAuthorizerArgumentResolvers argumentResolvers, ChannelDecisionAdapter decisions) {
        this.argumentResolvers = argumentResolvers;
        this.decisions = decisions;
    }

    /**
     * Returns the authorizers of a bean.
     * @param types the class of the bean, and the other types that have methods of it
     * @throws InvalidChannelAuthorizerException if an annotated method cannot be used
     * @throws UninspectableBeanException if the class cannot be searched
     */
    List<ChannelAuthorizerMethod> create(CandidateBean bean, List<Class<?>> types) {
        List<ChannelAuthorizerMethod> authorizers = new ArrayList<>();
        for (Class<?> type : types) {
            ChannelAuthorizerMethodScanner.scan(bean.name(), type).forEach((method, annotation) -> {
                if (annotation.value().length == 0) {
                    throw new InvalidChannelAuthorizerException(method, "it has no channel pattern");
                }
                for (String pattern : annotation.value()) {
                    authorizers.add(authorizer(bean, types.get(0), method, pattern));
                }
            });
        }
        return authorizers;
    }

    private ChannelAuthorizerMethod authorizer(CandidateBean bean, Class<?> type, Method method, String text) {
        if (KotlinDetector.isSuspendingFunction(method)) {
            throw new InvalidChannelAuthorizerException(
                    method,
                    "it is a suspend function, and must be an ordinary function that may block, or return a CompletionStage"
                            + " (on WebFlux also a Mono)");
        }
        if (!decisions.supports(ResolvableType.forMethodReturnType(method))) {
            throw new InvalidChannelAuthorizerException(
                    method,
                    "its return type is " + method.getGenericReturnType().getTypeName()
                            + ", and must be boolean, PresenceMember, an Optional of these, or a CompletionStage (on WebFlux also a Mono) of any");
        }
        ChannelPattern pattern;
        try {
            pattern = ChannelPattern.of(text);
        } catch (IllegalArgumentException ex) {
            throw new InvalidChannelAuthorizerException(
                    method, "\"" + text + "\" is not a channel pattern: " + ex.getMessage());
        }
        return new ChannelAuthorizerMethod(
                pattern, bean, type, method, argumentResolvers.createAll(method, pattern), decisions);
    }

    /**
     * Checks that for each channel one of the authorizers is the most specific.
     * @throws InvalidChannelAuthorizerException if two may match the same channel and are equally specific
     */
    static void requireUnambiguous(List<ChannelAuthorizerMethod> authorizers) {
        for (int i = 0; i < authorizers.size(); i++) {
            for (int j = i + 1; j < authorizers.size(); j++) {
                if (authorizers
                        .get(i)
                        .pattern()
                        .isAmbiguousWith(authorizers.get(j).pattern())) {
                    throw authorizers.get(j).ambiguityWith(authorizers.get(i));
                }
            }
        }
    }
}
