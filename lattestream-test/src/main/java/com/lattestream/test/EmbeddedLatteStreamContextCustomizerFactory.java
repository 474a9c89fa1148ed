package com.lattestream.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Creates the customizer for test classes, and classes nested in them, that are annotated with
 * {@link EmbeddedLatteStream}.
 */
final class EmbeddedLatteStreamContextCustomizerFactory implements ContextCustomizerFactory {

    EmbeddedLatteStreamContextCustomizerFactory() {}

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
        EmbeddedLatteStream annotation =
                TestContextAnnotationUtils.findMergedAnnotation(testClass, EmbeddedLatteStream.class);
        return annotation == null ? null : new EmbeddedLatteStreamContextCustomizer(EngineSettings.of(annotation));
    }
}
