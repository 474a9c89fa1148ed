package com.lattestream.spring.internal;

import java.lang.annotation.Annotation;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Determines which beans are searched for annotated methods. Searching all of them would take a considerable part of the time
 * that this library adds to the start of an application, most of whose beans are those of libraries.
 */
public final class CandidateClasses {

    private CandidateClasses() {}

    /**
     * Whether the methods of a bean may have one of this library's annotations.
     * @param type the class of the bean
     * @param annotation the annotation
     * @return false for classes of Java, Spring, Micrometer, and of this library, none of which has any
     */
    public static boolean mayHaveAnnotation(Class<?> type, Class<? extends Annotation> annotation) {
        return !isSpringClass(type.getName())
                && !type.getName().startsWith("io.micrometer.")
                && !isLatteStreamClass(type)
                && AnnotationUtils.isCandidateClass(type, annotation);
    }

    // of its jar, because its packages may have classes of others
    private static boolean isLatteStreamClass(Class<?> type) {
        return type.getName().startsWith("com.lattestream.spring.")
                && type.getProtectionDomain().equals(CandidateClasses.class.getProtectionDomain());
    }

    /**
     * Returns whether a class is part of Spring.
     * @param className the name of the class
     * @return true for classes of Spring's packages, except for those of its sample applications
     */
    public static boolean isSpringClass(String className) {
        return className.startsWith("org.springframework.") && !className.startsWith("org.springframework.samples.");
    }
}
