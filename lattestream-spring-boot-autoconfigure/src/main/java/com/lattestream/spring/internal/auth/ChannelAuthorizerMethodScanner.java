package com.lattestream.spring.internal.auth;

import com.lattestream.spring.auth.ChannelAuthorizer;
import com.lattestream.spring.internal.CandidateClasses;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;
import org.springframework.util.ClassUtils;

/** The methods of a class that are annotated with {@link ChannelAuthorizer}. */
final class ChannelAuthorizerMethodScanner {

    private ChannelAuthorizerMethodScanner() {}

    /**
     * Returns the annotated methods, including inherited ones.
     * @throws UninspectableBeanException if the class may have annotated methods, and cannot be searched
     */
    static Map<Method, ChannelAuthorizer> scan(String beanName, Class<?> type) {
        try {
            if (!CandidateClasses.mayHaveAnnotation(type, ChannelAuthorizer.class)) {
                return Map.of();
            }
            return MethodIntrospector.selectMethods(
                    type, (MethodIntrospector.MetadataLookup<@Nullable ChannelAuthorizer>)
                            method -> AnnotatedElementUtils.findMergedAnnotation(method, ChannelAuthorizer.class));
        } catch (IllegalStateException | LinkageError ex) {
            // for example, a method with a type of an optional library that is missing
            if (mayHaveAnnotatedMethods(type)) {
                throw new UninspectableBeanException(
                        beanName, NestedExceptionUtils.getMostSpecificCause(ex).toString(), ex);
            }
            return Map.of();
        }
    }

    // reads the class files, which also works if the classes that they refer to are missing
    private static boolean mayHaveAnnotatedMethods(Class<?> type) {
        MetadataReaderFactory files = new SimpleMetadataReaderFactory(type.getClassLoader());
        for (Class<?> each = ClassUtils.getUserClass(type); each != null; each = each.getSuperclass()) {
            if (mayDeclareAnnotatedMethods(files, each)) {
                return true;
            }
        }
        return ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                .anyMatch(each -> mayDeclareAnnotatedMethods(files, each));
    }

    private static boolean mayDeclareAnnotatedMethods(MetadataReaderFactory files, Class<?> type) {
        try {
            return files.getMetadataReader(type.getName())
                    .getAnnotationMetadata()
                    .hasAnnotatedMethods(ChannelAuthorizer.class.getName());
        } catch (IOException | RuntimeException ex) {
            // without a class file, annotated methods cannot be excluded
            return true;
        }
    }
}
