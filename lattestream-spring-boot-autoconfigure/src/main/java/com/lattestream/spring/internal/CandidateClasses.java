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
        return !type.getName().startsWith("org.springframework.") && AnnotationUtils.isCandidateClass(type, annotation);
    }
}
