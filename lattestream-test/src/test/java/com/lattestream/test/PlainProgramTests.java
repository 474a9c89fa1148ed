package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Optional dependencies are not required. */
class PlainProgramTests {

    private static final String OPTIONAL = ".*/(org/junit|org/springframework|org/assertj|org/opentest4j)/.*";

    @Test
    void programRunsWithoutATestFramework() throws Exception {
        try (URLClassLoader classes = withoutTestFrameworks()) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(classes);
            try {
                Object program = classes.loadClass(PlainProgram.class.getName())
                        .getConstructor()
                        .newInstance();
                assertThat(((Callable<?>) program).call()).isEqualTo("recorded, delivered");
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.junit.jupiter.api.Test",
                "org.springframework.context.ApplicationContext",
                "org.assertj.core.api.Assertions"
            })
    void testFrameworksAreAbsentFromTheClassPath(String type) throws IOException {
        try (URLClassLoader classes = withoutTestFrameworks()) {
            assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> classes.loadClass(type));
        }
    }

    private static URLClassLoader withoutTestFrameworks() {
        // Surefire hides the classpath in the manifest of a jar, and provides it as a property
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        URL[] urls = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.replace(File.separatorChar, '/').matches(OPTIONAL))
                .map(PlainProgramTests::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
