package com.lattestream.spring.internal;

import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Finds the annotated classes of an application, which are not beans. */
public final class AnnotatedClassScanner extends ClassPathScanningCandidateComponentProvider {

    private static final Logger logger = LoggerFactory.getLogger(AnnotatedClassScanner.class);

    private AnnotatedClassScanner(
            Collection<Class<? extends Annotation>> annotations, Environment environment, ResourceLoader resources) {
        super(false, environment);
        setResourceLoader(resources);
        annotations.forEach(annotation -> addIncludeFilter(new AnnotationTypeFilter(annotation, false, true)));
    }

    /**
     * Returns the packages of an application.
     * @param beans the bean factory of the application
     * @return the packages that Spring Boot scans for entities; none without auto-configuration
     */
    public static List<String> packages(BeanFactory beans) {
        return AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of();
    }

    /**
     * Scans packages for classes that have one of several annotations, or a superclass or an interface that has one.
     * @param annotations the annotations
     * @param packages the packages, which are scanned with those below
     * @param environment determines the classes of active profiles
     * @param resources loads the classes
     * @return the classes, including interfaces and abstract classes
     */
    public static Set<Class<?>> find(
            Collection<Class<? extends Annotation>> annotations,
            Collection<String> packages,
            Environment environment,
            ResourceLoader resources) {
        AnnotatedClassScanner scanner = new AnnotatedClassScanner(annotations, environment, resources);
        Set<Class<?>> found = new LinkedHashSet<>();
        for (String name : packages) {
            for (BeanDefinition candidate : scanner.findCandidateComponents(name)) {
                try {
                    found.add(ClassUtils.forName(
                            String.valueOf(candidate.getBeanClassName()), resources.getClassLoader()));
                } catch (ClassNotFoundException | LinkageError ex) {
                    logger.debug(
                            "Class {} could not be loaded, so that its annotations are not checked at startup",
                            candidate.getBeanClassName(),
                            ex);
                }
            }
        }
        return found;
    }

    // also interfaces and abstract classes, whose annotation applies to their implementations, and nested classes
    @Override
    protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
        return true;
    }
}
