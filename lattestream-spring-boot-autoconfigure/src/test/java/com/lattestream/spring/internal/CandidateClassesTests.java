package com.lattestream.spring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.ReactiveLatteStreamTemplate;
import com.lattestream.spring.broadcast.Broadcast;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;

class CandidateClassesTests {

    @Test
    void classesOfTheApplicationMayHaveAnnotations() {
        assertThat(CandidateClasses.mayHaveAnnotation(OfTheApplication.class, Broadcast.class))
                .as("though it is in a package of this library")
                .isTrue();
    }

    @Test
    void classesOfLibrariesHaveNone() {
        assertThat(CandidateClasses.mayHaveAnnotation(GenericApplicationContext.class, Broadcast.class))
                .isFalse();
        assertThat(CandidateClasses.mayHaveAnnotation(SimpleMeterRegistry.class, Broadcast.class))
                .isFalse();
        assertThat(CandidateClasses.mayHaveAnnotation(ReactiveLatteStreamTemplate.class, Broadcast.class))
                .isFalse();
        assertThat(CandidateClasses.mayHaveAnnotation(String.class, Broadcast.class))
                .isFalse();
    }

    static class OfTheApplication {}
}
