package com.lattestream.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.asyncapi.AsyncApiDocument;
import com.lattestream.testsupport.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.springframework.context.ConfigurableApplicationContext;

/** A copy of the application whose sources a test changes. It is compiled, and runs in a process of its own. */
final class ChangedChat {

    private static final Path SOURCES = Path.of("src/main");

    private final Path java;

    private final Path classes;

    private ChangedChat(Path directory) {
        this.java = directory.resolve("java");
        this.classes = directory.resolve("classes");
    }

    /** Copies the application into a directory. */
    static ChangedChat in(Path directory) throws IOException {
        ChangedChat copy = new ChangedChat(directory);
        copy(SOURCES.resolve("java"), copy.java);
        copy(SOURCES.resolve("resources"), copy.classes);
        return copy;
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    /** Replaces a text, which occurs once in a source file. */
    ChangedChat replace(String file, String text, String replacement) throws IOException {
        Path path = java.resolve("com/lattestream/samples/chat").resolve(file);
        String source = Files.readString(path);
        assertThat(source).containsOnlyOnce(text);
        Files.writeString(path, source.replace(text, replacement));
        return this;
    }

    /** Compiles and starts the application, which writes its AsyncAPI document into a file. */
    void writeDocument(Path file) throws IOException, InterruptedException {
        compile();
        Program program = Program.run(
                Path.of(""),
                Program.java(
                        "-cp",
                        classes + File.pathSeparator + classPath(),
                        DocumentWriter.class.getName(),
                        file.toString()));
        assertThat(program.exitCode()).as("%s", program.output()).isZero();
    }

    private void compile() throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-d", classes.toString(), "-parameters", "-cp", classPath(), "-proc:none"));
        try (Stream<Path> files = Files.walk(java)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, System.out, System.err, arguments.toArray(String[]::new));
        assertThat(result).as("the changed sources compile").isZero();
    }

    /** Returns the classpath of the tests without the classes of the application. */
    private static String classPath() {
        // Surefire hides the classpath in the manifest of a jar, and provides it as a property
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String own = Path.of("target/classes").toAbsolutePath().toString();
        List<String> entries = Arrays.asList(all.split(File.pathSeparator));
        assertThat(entries).contains(own);
        return entries.stream().filter(entry -> !entry.equals(own)).collect(Collectors.joining(File.pathSeparator));
    }

    /** Starts the application, and writes its document. */
    static final class DocumentWriter {

        private DocumentWriter() {}

        public static void main(String[] args) {
            try (ConfigurableApplicationContext context =
                    ChatApplication.create().run("--server.port=0", "--lattestream.engine.enabled=true")) {
                AsyncApiDocument.of(context).writeTo(Path.of(args[0]));
            }
        }
    }
}
