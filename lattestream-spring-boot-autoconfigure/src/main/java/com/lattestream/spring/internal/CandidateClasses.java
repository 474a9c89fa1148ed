package com.lattestream.spring.internal;

import java.lang.annotation.Annotation;
import org.springframework.core.annotation.AnnotationUtils;

/** Which beans are worth looking at for annotated methods: nearly all of an application's beans are Spring's own. */
public final class CandidateClasses {

    private CandidateClasses() {}

    /**
     * Tells whether a bean's methods may have an annotation of ours.
     * @param type the bean's class
     * @param annotation the annotation
     * @return false for classes of Java and of Spring, which have none
     */
    public static boolean mayHave(Class<?> type, Class<? extends Annotation> annotation) {
        return !isSprings(type.getName()) && AnnotationUtils.isCandidateClass(type, annotation);
    }

    /**
     * Whether a class is part of Spring.
     * @param className the name of the class
     * @return true for classes of Spring's packages, except for those of its sample applications
     */
    public static boolean isSprings(String className) {
        return className.startsWith("org.springframework.") && !className.startsWith("org.springframework.samples.");
    }
}
