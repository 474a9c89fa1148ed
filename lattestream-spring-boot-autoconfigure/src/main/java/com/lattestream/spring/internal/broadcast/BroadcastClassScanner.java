package com.lattestream.spring.internal.broadcast;

import com.lattestream.spring.broadcast.Broadcast;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Finds the annotated classes of an application, which are not beans. */
final class BroadcastClassScanner extends ClassPathScanningCandidateComponentProvider {

    private static final Logger logger = LoggerFactory.getLogger(BroadcastClassScanner.class);

    private BroadcastClassScanner(Environment environment, ResourceLoader resources) {
        super(false, environment);
        setResourceLoader(resources);
        addIncludeFilter(new AnnotationTypeFilter(Broadcast.class, false, true));
    }

    /** Scans packages for annotated classes. */
    static Set<Class<?>> find(Collection<String> packages, Environment environment, ResourceLoader resources) {
        BroadcastClassScanner scanner = new BroadcastClassScanner(environment, resources);
        Set<Class<?>> found = new LinkedHashSet<>();
        for (String name : packages) {
            for (BeanDefinition candidate : scanner.findCandidateComponents(name)) {
                try {
                    found.add(ClassUtils.forName(
                            String.valueOf(candidate.getBeanClassName()), resources.getClassLoader()));
                } catch (ClassNotFoundException | LinkageError ex) {
                    logger.debug(
                            "Class {} could not be loaded, so that its @Broadcast is not checked at startup",
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
