package com.lattestream.coexistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.coexistence.reactive.ReactiveApplication;
import com.lattestream.coexistence.servlet.ServletApplication;
import com.lattestream.testsupport.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The starter changes nothing in an application beyond what it adds: the same application is started with and without the
 * packaged starter on its classpath.
 */
class CoexistenceIT {

    private static final Path BUILD = Path.of(System.getProperty("build.directory"));

    @TempDir
    private Path folder;

    @Test
    void anApplicationHasTheSameBeansFactoriesAndResponsesWithAndWithoutTheStarter() throws Exception {
        String[] arguments = {
            "--server.port=0",
            "--management.endpoints.web.exposure.include=info",
            "--management.info.java.enabled=false",
            "--lattestream.secret=lsk_test_secret",
            "--lattestream.endpoint=localhost:1",
            "--lattestream.use-tls=false"
        };
        Map<String, String> without = facts(ServletApplication.class, "servlet-without-starter.txt", arguments);
        Map<String, String> with = facts(ServletApplication.class, "servlet-with-starter.txt", arguments);

        assertThat(with.keySet().stream().filter(CoexistenceIT::isOurs)).isNotEmpty();
        with.keySet().removeIf(CoexistenceIT::isOurs);
        assertThat(with).isEqualTo(without);
        assertThat(with)
                .containsEntry("GET /auth", "200 the application's page")
                .containsEntry("GET /actuator/info", "200 {}")
                .containsEntry(
                        "request factory of RestClient", "org.springframework.http.client.JdkClientHttpRequestFactory");
    }

    @Test
    void aReactiveApplicationKeepsItsWebSocketBesideTheEngine() throws Exception {
        assertThat(facts(
                        ReactiveApplication.class,
                        "reactive.txt",
                        "--server.port=0",
                        "--lattestream.engine.enabled=true"))
                .containsEntry("echo", "hello");
    }

    @Test
    void theDependenciesOfOurJarsDoNotIncludeTheRelocatedLibraries() throws IOException {
        for (String module : List.of("lattestream-core", "lattestream-test")) {
            String pom = Files.readString(BUILD.resolve("../../" + module + "/dependency-reduced-pom.xml"));
            assertThat(pom.substring(pom.indexOf("<dependencies>", pom.indexOf("</build>"))))
                    .contains("<artifactId>")
                    .doesNotContain("httpcomponents", "jetty");
        }
    }

    // beans of ours, and those that Boot registers for our auto-configurations and properties
    private static boolean isOurs(String fact) {
        return Stream.of(
                        "bean com.lattestream.spring.",
                        "bean latteStream",
                        "bean lattestream",
                        "bean management.health.lattestream-",
                        "bean management.endpoint.lattestream-")
                .anyMatch(fact::startsWith);
    }

    private Map<String, String> facts(Class<?> application, String classPath, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = Program.java(
                "-cp",
                BUILD.resolve("test-classes") + File.pathSeparator + Files.readString(BUILD.resolve(classPath)),
                application.getName());
        command.addAll(List.of(arguments));
        Program ended = Program.run(folder, command);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        Map<String, String> facts = new TreeMap<>();
        ended.output().lines().filter(line -> line.startsWith("fact: ")).forEach(line -> {
            String[] fact = line.substring("fact: ".length()).split("=", 2);
            facts.put(fact[0], fact[1]);
        });
        return facts;
    }
}
