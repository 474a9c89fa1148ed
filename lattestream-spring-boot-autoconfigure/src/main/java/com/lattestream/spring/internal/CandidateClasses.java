package com.lattestream.spring.internal;

import java.lang.annotation.Annotation;
import org.springframework.core.annotation.AnnotationUtils;

/** Determines which beans are searched for annotated methods. Nearly all beans of an application are Spring's own. */
public final class CandidateClasses {

    private CandidateClasses() {}

    /**
     * Returns whether the methods of a bean may have one of the starter's annotations.
     * @param type the bean's class
     * @param annotation the annotation
     * @return false for classes of Java and of Spring
     */
    public static boolean mayHave(Class<?> type, Class<? extends Annotation> annotation) {
        return !isSprings(type.getName()) && AnnotationUtils.isCandidateClass(type, annotation);
    }

    /**
     * Returns whether a class is part of Spring.
     * @param className the name of the class
     * @return true for classes of Spring's packages, except for those of its sample applications
     */
    public static boolean isSprings(String className) {
        return className.startsWith("org.springframework.") && !className.startsWith("org.springframework.samples.");
    }
}
