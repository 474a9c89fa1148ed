package com.lattestream.guides;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.testsupport.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A project with the files of a guide and those that start.spring.io generates, which are compiled. The application runs
 * in a process of its own.
 */
final class GuideApplication implements AutoCloseable {

    private static final String PROPERTIES = "src/main/resources/application.properties";

    private static final Map<String, String> GENERATED = Map.of(
            PROPERTIES, "spring.application.name=demo\n", "src/main/java/com/example/demo/DemoApplication.java", """
                    package com.example.demo;

                    import org.springframework.boot.SpringApplication;
                    import org.springframework.boot.autoconfigure.SpringBootApplication;

                    @SpringBootApplication
                    public class DemoApplication {

                    	public static void main(String[] args) {
                    		SpringApplication.run(DemoApplication.class, args);
                    	}

                    }
                    """);

    /** Libraries that only the tests of this module need. */
    private static final Pattern NOT_OF_THE_GUIDE = Pattern.compile(
            ".*(/org/seleniumhq/|/junit-platform-launcher/|/lattestream-test-support/|/org/springframework/security/"
                    + "|/spring-boot-(starter-)?security/|/lattestream-guide-tests/target/).*");

    private final Path classes;

    private final Path output;

    private final Process process;

    private GuideApplication(Path classes, Path output, Process process) {
        this.classes = classes;
        this.output = output;
        this.process = process;
    }

    /**
     * Compiles the files of a project.
     * @return the directory of the main classes, the test classes and the resources
     */
    static Path compile(Path project, Map<String, String> files) throws IOException {
        Map<String, String> all = new TreeMap<>(GENERATED);
        files.forEach((name, content) -> all.merge(name, content, String::concat));
        for (Map.Entry<String, String> file : all.entrySet()) {
            Path path = project.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        // the classpath of test-run has main and test classes
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        for (String sources : List.of("src/main", "src/test")) {
            copy(project.resolve(sources).resolve("resources"), classes);
            compile(project.resolve(sources).resolve("java"), classes);
        }

        return classes;
    }

    /** Compiles the files of a project, and starts its main class. */
    static GuideApplication start(Path project, Map<String, String> files, String mainClass) throws IOException {
        Path classes = compile(project, files);
        Path output = project.resolve("target/output");
        List<String> command = Program.java(
                "-cp",
                classes + File.pathSeparator + classPath(),
                mainClass,
                // the ports of the guide may be in use on this machine
                "--server.port=0",
                "--lattestream.engine.port=0");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LATTESTREAM_") || name.startsWith("SPRING_"));
        GuideApplication application = new GuideApplication(classes, output, builder.start());
        application.awaitStart();
        return application;
    }

    private static void copy(Path resources, Path classes) throws IOException {
        if (!Files.exists(resources)) {
            return;
        }
        try (Stream<Path> files = Files.walk(resources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = classes.resolve(resources.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static void compile(Path sources, Path classes) throws IOException {
        if (!Files.exists(sources)) {
            return;
        }
        String classPath = classes + File.pathSeparator + classPath();
        List<String> arguments =
                new ArrayList<>(List.of("-d", classes.toString(), "-parameters", "-cp", classPath, "-proc:none"));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, System.out, System.err, arguments.toArray(String[]::new));
        assertThat(result).as("the sources compile").isZero();
    }

    /** Returns the classpath of the application without its own classes. */
    static String classPath() {
        // Surefire hides the classpath in the manifest of a jar, and provides it as a property
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !NOT_OF_THE_GUIDE
                        .matcher(entry.replace(File.separatorChar, '/') + "/")
                        .matches())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void awaitStart() {
        try {
            await().atMost(Duration.ofSeconds(50))
                    .until(() -> !process.isAlive() || output().contains(": Started DemoApplication in "));
            assertThat(process.isAlive()).as(output()).isTrue();
        } catch (RuntimeException | Error ex) {
            close();
            throw ex;
        }
    }

    /** Returns what the application has logged. */
    String output() {
        try {
            return Files.readString(output, UTF_8);
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    String url() {
        return "http://localhost:" + port("Tomcat started on port (\\d+)");
    }

    int enginePort() {
        return port("WebSocket on ws://localhost:(\\d+)");
    }

    private int port(String pattern) {
        Matcher line = Pattern.compile(pattern).matcher(output());
        assertThat(line.find()).as(output()).isTrue();
        return Integer.parseInt(line.group(1));
    }

    /** Replaces a text in a resource of the running application. */
    void replace(String resource, String text, String replacement) throws IOException {
        Path file = classes.resolve(resource);
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, replacement));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            assertThat(process.waitFor(20, TimeUnit.SECONDS))
                    .as("the application ends")
                    .isTrue();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
