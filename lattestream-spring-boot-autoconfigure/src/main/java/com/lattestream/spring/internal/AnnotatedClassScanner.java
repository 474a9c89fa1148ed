package com.lattestream.spring.internal;

import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.filter.AbstractTypeHierarchyTraversingFilter;
import org.springframework.util.ClassUtils;

/** Finds the annotated classes of an application, which are not beans. */
public final class AnnotatedClassScanner extends ClassPathScanningCandidateComponentProvider {

    private static final Logger logger = LoggerFactory.getLogger(AnnotatedClassScanner.class);

    private final ResourceLoader resources;

    private AnnotatedClassScanner(
            Collection<Class<? extends Annotation>> annotations, Environment environment, ResourceLoader resources) {
        super(false, environment);
        this.resources = resources;
        setResourceLoader(resources);
        annotations.forEach(annotation -> addIncludeFilter(new HierarchyFilter(annotation)));
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
     * Scans packages for classes that have an annotation, or a superclass or an interface that has it. Classes that
     * cannot be loaded are left out.
     * @param annotation the annotation, which may be present on another annotation
     * @param packages the packages, which are scanned with those below
     * @param environment determines the classes of active profiles
     * @param resources loads the classes
     * @return the classes, including interfaces and abstract classes
     */
    public static Set<Class<?>> find(
            Class<? extends Annotation> annotation,
            Collection<String> packages,
            Environment environment,
            ResourceLoader resources) {
        AnnotatedClassScanner scanner = new AnnotatedClassScanner(List.of(annotation), environment, resources);
        return scanner.load(
                packages,
                (name, ex) -> logger.debug(
                        "Class {} could not be loaded, so that its annotation is not checked at startup", name, ex));
    }

    /**
     * Scans the packages of an application for all classes that have one of several annotations, or a superclass or an
     * interface that has one. Test classes and classes nested in them are left out, as in Spring Boot's scan for
     * components.
     * @param annotations the annotations
     * @param context the application context
     * @return the classes, including interfaces and abstract classes
     * @throws IllegalStateException if a class cannot be loaded
     */
    public static Set<Class<?>> findAll(
            Collection<Class<? extends Annotation>> annotations, ConfigurableApplicationContext context) {
        AnnotatedClassScanner scanner = new AnnotatedClassScanner(annotations, context.getEnvironment(), context);
        TypeExcludeFilter excluded = new TypeExcludeFilter();
        excluded.setBeanFactory(context.getBeanFactory());
        scanner.addExcludeFilter(excluded);
        return scanner.load(packages(context.getBeanFactory()), (name, ex) -> {
            throw new IllegalStateException("Class " + name + ", which is annotated, cannot be loaded: " + ex, ex);
        });
    }

    private Set<Class<?>> load(Collection<String> packages, BiConsumer<String, Throwable> unloadable) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (String each : packages) {
            for (BeanDefinition candidate : findCandidateComponents(each)) {
                String name = String.valueOf(candidate.getBeanClassName());
                try {
                    found.add(ClassUtils.forName(name, resources.getClassLoader()));
                } catch (ClassNotFoundException | LinkageError ex) {
                    unloadable.accept(name, ex);
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

    /** Matches the classes for which {@code AnnotatedElementUtils} finds an annotation. */
    private static final class HierarchyFilter extends AbstractTypeHierarchyTraversingFilter {

        private final String annotation;

        HierarchyFilter(Class<? extends Annotation> annotation) {
            super(true, true);
            this.annotation = annotation.getName();
        }

        @Override
        protected boolean matchSelf(MetadataReader reader) {
            return reader.getAnnotationMetadata().isAnnotated(annotation);
        }

        @Override
        protected @Nullable Boolean matchSuperClass(String name) {
            return noneOfTheJdk(name);
        }

        @Override
        protected @Nullable Boolean matchInterface(String name) {
            return noneOfTheJdk(name);
        }

        // null requires a look into the class
        private static @Nullable Boolean noneOfTheJdk(String name) {
            return name.startsWith("java.") ? Boolean.FALSE : null;
        }
    }
}
