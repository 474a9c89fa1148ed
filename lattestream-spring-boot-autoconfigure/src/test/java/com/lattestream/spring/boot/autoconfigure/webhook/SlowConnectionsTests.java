package com.lattestream.spring.boot.autoconfigure.webhook;

import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.PATH;
import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application with a heap of 128 MB and the defaults of its server and of the starter, in a process of its own, on
 * Tomcat or Jetty with 200 threads, or on Netty with a thread for each processor and without Spring MVC on its classpath,
 * while 250 anonymous clients send the bodies of webhooks a byte at a time.
 */
class SlowConnectionsTests {

    private static final int CONNECTIONS = 250;

    private static final Duration MEASURED = Duration.ofSeconds(2);

    private static final Executor PAUSE = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @ParameterizedTest
    @CsvSource({"SERVLET, false", "SERVLET, true", "SERVLET_ON_JETTY, true", "REACTIVE, false", "REACTIVE, true"})
    void otherRequestsAreProcessedMeanwhile(Stack stack, boolean handler) throws Exception {
        try (ApplicationProcess application = new ApplicationProcess(stack, handler)) {
            latencies(application.port, "idle");
            for (String signature : new String[] {null, "0".repeat(64)}) {
                try (SlowClients clients = new SlowClients(application.port, signature)) {
                    clients.awaitConnected();
                    List<Long> micros = latencies(
                            application.port,
                            CONNECTIONS + " slow connections, "
                                    + (signature == null ? "no signature" : "a plausible signature")
                                    + (handler ? ", a handler" : ", no handler"));
                    assertThat(p99(micros)).isLessThan(TimeUnit.SECONDS.toMicros(2));
                    if (signature == null) {
                        assertThat(deliver(application.port)).isIn(200, 204);
                    }
                }
            }
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(deliver(application.port)).isIn(200, 204));
            assertThat(application.output).noneMatch(line -> line.contains("OutOfMemoryError"));
        }
    }

    private static int deliver(int port) throws IOException {
        byte[] body = RawHttp.webhook();
        return RawHttp.post(port, PATH, body, RawHttp.sign(body)).status();
    }

    /** Returns the times of requests that are made one after another, in order of size. */
    private static List<Long> latencies(int port, String situation) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/other"))
                .timeout(Duration.ofSeconds(20))
                .build();
        List<Long> micros = new ArrayList<>();
        long end = System.nanoTime() + MEASURED.toNanos();
        while (System.nanoTime() - end < 0) {
            long begun = System.nanoTime();
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun));
            assertThat(response.body()).isEqualTo("other");
            // leaves the processors to the application
            CompletableFuture.runAsync(() -> {}, PAUSE).join();
        }
        micros.sort(null);
        System.out.printf(
                "%s: %d requests, p50=%.1f ms p99=%.1f ms max=%.1f ms%n",
                situation,
                micros.size(),
                micros.get(micros.size() / 2) / 1000.0,
                p99(micros) / 1000.0,
                micros.get(micros.size() - 1) / 1000.0);
        return micros;
    }

    private static long p99(List<Long> sorted) {
        return sorted.get(sorted.size() * 99 / 100);
    }

    /** Sends a byte now and then on each connection, and connects anew when the server has closed one. */
    private static final class SlowClients implements AutoCloseable {

        private final int port;

        private final byte[] head;

        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

        private final List<Socket> sockets = new CopyOnWriteArrayList<>();

        private SlowClients(int port, @Nullable String signature) {
            this.port = port;
            this.head = RawHttp.head(PATH, 1_000_000, signature);
            clock.scheduleWithFixedDelay(this::trickle, 0, 100, TimeUnit.MILLISECONDS);
        }

        private void trickle() {
            List<Socket> lost = new ArrayList<>();
            for (Socket socket : sockets) {
                try {
                    socket.getOutputStream().write('x');
                } catch (IOException ex) {
                    lost.add(socket);
                }
            }
            sockets.removeAll(lost);
            for (int i = sockets.size(); i < CONNECTIONS; i++) {
                try {
                    Socket socket = RawHttp.open(port);
                    socket.getOutputStream().write(head);
                    sockets.add(socket);
                } catch (IOException ex) {
                    return;
                }
            }
        }

        private void awaitConnected() {
            await().atMost(Duration.ofSeconds(20)).until(() -> sockets.size() == CONNECTIONS);
        }

        @Override
        public void close() throws IOException {
            clock.shutdownNow();
            await().atMost(Duration.ofSeconds(20)).until(clock::isTerminated);
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static final class ApplicationProcess implements AutoCloseable {

        private static final Pattern STARTED = Pattern.compile("(?:Tomcat|Jetty|Netty) started on port (\\d+)");

        private final List<String> output = new CopyOnWriteArrayList<>();

        private final Process process;

        private final int port;

        private ApplicationProcess(Stack stack, boolean handler) throws IOException {
            // Surefire passes the classpath in a jar
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            if (stack == Stack.REACTIVE) {
                classPath = withoutServlets(classPath);
            }
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    classPath,
                    SlowApplication.class.getName()));
            command.addAll(List.of(stack.arguments(
                    "--server.port=0",
                    "--lattestream.secret=" + SECRET,
                    "--lattestream.use-tls=false",
                    "--test.handler=" + handler)));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread reader = new Thread(this::read, "output of the application");
            reader.setDaemon(true);
            reader.start();
            port = await().atMost(Duration.ofSeconds(90)).until(this::startedPort, found -> found > 0);
        }

        /** Returns the classpath of an application on Netty. */
        private static String withoutServlets(String classPath) {
            return Stream.of(classPath.split(File.pathSeparator))
                    .filter(entry ->
                            !entry.matches(".*[/\\\\](spring-boot-|spring-)?(webmvc|tomcat|servlet)[^/\\\\]*\\.jar"))
                    .collect(Collectors.joining(File.pathSeparator));
        }

        private void read() {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(output::add);
            } catch (UncheckedIOException | IOException ex) {
                output.add(ex.toString());
            }
        }

        private int startedPort() {
            if (!process.isAlive()) {
                throw new IllegalStateException("The application has ended: " + output);
            }
            return output.stream()
                    .flatMap(line -> STARTED.matcher(line).results())
                    .map(MatchResult::group)
                    .map(text -> text.substring(text.lastIndexOf(' ') + 1))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** The application. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = {
                "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
                "org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration"
            })
    static class SlowApplication {

        public static void main(String[] args) {
            SpringApplication.run(SlowApplication.class, args);
        }

        @RestController
        static class Other {

            @GetMapping("/other")
            String other() {
                return "other";
            }
        }

        @RestController
        @ConditionalOnBooleanProperty("test.handler")
        static class Handler {

            @PostMapping(PATH)
            void webhook(@RequestBody byte[] body) {}
        }
    }
}
