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
final class AnnotatedMethods {

    private AnnotatedMethods() {}

    /**
     * Returns the annotated methods, inherited ones included.
     * @throws UninspectableBeanException if there are some, and the class cannot be searched for them
     */
    static Map<Method, ChannelAuthorizer> of(String beanName, Class<?> type) {
        try {
            if (!CandidateClasses.mayHave(type, ChannelAuthorizer.class)) {
                return Map.of();
            }
            return MethodIntrospector.selectMethods(
                    type, (MethodIntrospector.MetadataLookup<@Nullable ChannelAuthorizer>)
                            method -> AnnotatedElementUtils.findMergedAnnotation(method, ChannelAuthorizer.class));
        } catch (IllegalStateException | LinkageError ex) {
            // such as a method with a type of an optional library that is missing
            if (mayHaveAny(type)) {
                throw new UninspectableBeanException(
                        beanName, NestedExceptionUtils.getMostSpecificCause(ex).toString(), ex);
            }
            return Map.of();
        }
    }

    // reads the class files, which works without the classes that they refer to
    private static boolean mayHaveAny(Class<?> type) {
        MetadataReaderFactory files = new SimpleMetadataReaderFactory(type.getClassLoader());
        for (Class<?> each = ClassUtils.getUserClass(type); each != null; each = each.getSuperclass()) {
            if (mayDeclareAny(files, each)) {
                return true;
            }
        }
        return ClassUtils.getAllInterfacesForClassAsSet(type).stream().anyMatch(each -> mayDeclareAny(files, each));
    }

    private static boolean mayDeclareAny(MetadataReaderFactory files, Class<?> type) {
        try {
            return files.getMetadataReader(type.getName())
                    .getAnnotationMetadata()
                    .hasAnnotatedMethods(ChannelAuthorizer.class.getName());
        } catch (IOException | RuntimeException ex) {
            // without its file, the class may have some
            return true;
        }
    }
}
