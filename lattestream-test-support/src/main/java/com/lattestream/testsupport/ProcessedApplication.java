package com.lattestream.testsupport;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.springframework.aot.generate.FileSystemGeneratedFiles;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.test.context.aot.TestContextAotGenerator;
import org.springframework.util.StringUtils;

/**
 * Processes an application ahead of time, as Spring Boot's build plugins do, and runs it in class loaders of its own:
 * the generated classes are in the packages of those that they refer to.
 */
public final class ProcessedApplication implements AutoCloseable {

    private final URLClassLoader classLoader;

    private ProcessedApplication(URLClassLoader classLoader) {
        this.classLoader = classLoader;
    }

    /**
     * Processes an application.
     * @param application the class with the main method
     * @param directory where the generated files go
     * @param arguments the arguments of the application while it is processed
     */
    public static ProcessedApplication process(Class<?> application, Path directory, String... arguments)
            throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources"));
        Path resources = Files.createDirectories(directory.resolve("resources"));
        Path classes = Files.createDirectories(directory.resolve("classes"));
        new SpringApplicationAotProcessor(
                        application,
                        AbstractAotProcessor.Settings.builder()
                                .sourceOutput(sources)
                                .resourceOutput(resources)
                                .classOutput(classes)
                                .groupId("com.lattestream")
                                .artifactId("processed")
                                .build(),
                        arguments)
                .process();
        return run(sources, resources, classes);
    }

    /**
     * Processes the application context of a test.
     * @param test the test class
     * @param directory where the generated files go
     */
    public static ProcessedApplication processTest(Class<?> test, Path directory) throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources"));
        Path resources = Files.createDirectories(directory.resolve("resources"));
        Path classes = Files.createDirectories(directory.resolve("classes"));
        System.setProperty(AbstractAotProcessor.AOT_PROCESSING, "true");
        try {
            new TestContextAotGenerator(new FileSystemGeneratedFiles(kind -> switch (kind) {
                        case SOURCE -> sources;
                        case RESOURCE -> resources;
                        case CLASS -> classes;
                    }))
                    .processAheadOfTime(Stream.of(test));
        } finally {
            System.clearProperty(AbstractAotProcessor.AOT_PROCESSING);
        }
        return run(sources, resources, classes);
    }

    private static ProcessedApplication run(Path sources, Path resources, Path classes) throws IOException {
        compile(sources, classes);
        Files.writeString(classes.resolve("spring.properties"), "spring.aot.enabled=true");
        return new ProcessedApplication(
                new URLClassLoader(urls(classes, resources), ClassLoader.getPlatformClassLoader()));
    }

    private static void compile(Path sources, Path classes) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(sources)) {
            files = all.filter(file -> file.toString().endsWith(".java")).toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(diagnostics, null, null)) {
            boolean compiled = compiler.getTask(
                            null,
                            manager,
                            diagnostics,
                            List.of(
                                    "-d",
                                    classes.toString(),
                                    "-proc:none",
                                    "-classpath",
                                    classes + File.pathSeparator + classPath()),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new AssertionError(diagnostics.getDiagnostics());
            }
        }
    }

    private static String classPath() {
        // Surefire hides the classpath behind a jar
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static URL[] urls(Path... generated) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path directory : generated) {
            urls.add(directory.toUri().toURL());
        }
        for (String entry : StringUtils.delimitedListToStringArray(classPath(), File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Calls a static method that has arguments and returns a text. */
    public String call(Class<?> type, String method, String... arguments) throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classLoader);
        try {
            return (String) classLoader
                    .loadClass(type.getName())
                    .getMethod(method, String[].class)
                    .invoke(null, (Object) arguments);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        classLoader.close();
    }
}
