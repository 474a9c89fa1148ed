package com.lattestream.spring.internal.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * Determines which of several beans of a type is used by default, as Spring does it for injection: the primary one, or
 * the only one that is a default candidate and no fallback. Works with bean definitions, and creates no beans.
 */
final class DefaultCandidateResolver {

    private final ConfigurableListableBeanFactory beans;

    DefaultCandidateResolver(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Returns the beans that may be injected, default candidates or not, in the order of their registration. */
    List<String> autowireCandidates(Class<?> type) {
        return List.of(beans.getBeanNamesForType(type, false, true)).stream()
                .filter(name -> is(name, BeanDefinition::isAutowireCandidate, true))
                .toList();
    }

    List<String> defaultCandidates(Class<?> type) {
        return autowireCandidates(type).stream()
                .filter(name -> is(
                        name,
                        definition ->
                                !(definition instanceof AbstractBeanDefinition known) || known.isDefaultCandidate(),
                        true))
                .toList();
    }

    /** Returns the name of the default bean, or empty if it cannot be determined. */
    Optional<String> find(Class<?> type) {
        List<String> candidates = defaultCandidates(type);
        List<String> primary = filter(candidates, BeanDefinition::isPrimary);
        if (!primary.isEmpty()) {
            return single(primary);
        }
        return single(candidates)
                .or(() -> single(candidates.stream()
                        .filter(name -> !is(name, BeanDefinition::isFallback, false))
                        .toList()));
    }

    private List<String> filter(List<String> names, Predicate<BeanDefinition> condition) {
        return names.stream().filter(name -> is(name, condition, false)).toList();
    }

    private static Optional<String> single(List<String> names) {
        return names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
    }

    // a singleton that was registered without a definition is an ordinary candidate
    private boolean is(String name, Predicate<BeanDefinition> condition, boolean withoutDefinition) {
        return beans.containsBeanDefinition(name)
                ? condition.test(beans.getMergedBeanDefinition(name))
                : withoutDefinition;
    }
}
