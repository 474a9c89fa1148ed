package com.lattestream.test;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts the engine of a test class without Spring, resolves parameters with it, and lets JUnit close it after the
 * class. Does nothing in Spring tests, which find the engine in their application context.
 */
final class EmbeddedLatteStreamExtension implements BeforeAllCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(EmbeddedLatteStreamExtension.class);

    private static final String SPRING_EXTENSION = "org.springframework.test.context.junit.jupiter.SpringExtension";

    private static final String SPRING_ANNOTATION = "org.springframework.beans.factory.annotation.";

    EmbeddedLatteStreamExtension() {}

    // also for tests without a parameter for the engine, such as with a fixed port
    @Override
    public void beforeAll(ExtensionContext context) {
        if (!isSpringTest(context)) {
            engine(context);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedLatteStreamServer.class
                && !isSpringTest(context)
                && Arrays.stream(parameter.getParameter().getAnnotations())
                        .noneMatch(it -> it.annotationType().getName().startsWith(SPRING_ANNOTATION));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return engine(context);
    }

    // an annotated class has an engine of its own; other classes use that of their enclosing class
    private static EmbeddedLatteStreamServer engine(ExtensionContext context) {
        Optional<EmbeddedLatteStream> annotation = context.getElement()
                .filter(Class.class::isInstance)
                .flatMap(type -> AnnotationSupport.findAnnotation(type, EmbeddedLatteStream.class));
        if (annotation.isEmpty()) {
            return context.getParent()
                    .map(EmbeddedLatteStreamExtension::engine)
                    .orElseThrow(() -> new IllegalStateException(
                            "No @EmbeddedLatteStream found on the test class or its enclosing classes"));
        }
        // keyed by the class, because the store of a context includes that of the enclosing class
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        context.getRequiredTestClass(),
                        type -> start(annotation.get()),
                        EmbeddedLatteStreamServer.class);
    }

    private static EmbeddedLatteStreamServer start(EmbeddedLatteStream annotation) {
        if (!annotation.webhookPath().isEmpty()) {
            throw new IllegalArgumentException(
                    "The webhookPath '" + annotation.webhookPath()
                            + "' of @EmbeddedLatteStream requires a Spring application; without one, call webhookUrl(...) on the engine");
        }
        return EngineSettings.of(annotation).start();
    }

    // by name, because Spring is optional on the classpath
    private static boolean isSpringTest(ExtensionContext context) {
        return context.getTestClass().stream()
                .flatMap(EmbeddedLatteStreamExtension::withEnclosing)
                .flatMap(type -> AnnotationSupport.findRepeatableAnnotations(type, ExtendWith.class).stream())
                .flatMap(extended -> Arrays.stream(extended.value()))
                .anyMatch(extension -> extension.getName().equals(SPRING_EXTENSION));
    }

    private static Stream<Class<?>> withEnclosing(Class<?> type) {
        return Stream.iterate(type, it -> it != null, Class::getEnclosingClass);
    }
}
