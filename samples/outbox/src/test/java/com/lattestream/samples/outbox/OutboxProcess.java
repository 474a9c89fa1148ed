package com.lattestream.samples.outbox;

import static org.awaitility.Awaitility.await;

import com.lattestream.test.EmbeddedLatteStreamServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application in a process of its own, which can be killed. */
final class OutboxProcess implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();

    private final List<String> output = new CopyOnWriteArrayList<>();

    private final Process process;

    private final int port;

    OutboxProcess(EmbeddedLatteStreamServer engine, String databaseUrl) throws IOException {
        // Surefire hides the classpath behind a jar, and sets it as a property
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        OutboxApplication.class.getName(),
                        "--spring.main.banner-mode=off",
                        "--server.port=0",
                        "--lattestream.secret=" + engine.secret(),
                        "--lattestream.endpoint=" + engine.endpoint(),
                        "--lattestream.use-tls=false",
                        "--lattestream.retry.delay=100ms",
                        "--spring.datasource.url=" + databaseUrl)
                .redirectErrorStream(true)
                .start();
        Thread reader = new Thread(this::read, "output of the application");
        reader.setDaemon(true);
        reader.start();
        awaitOutput("Started OutboxApplication");
        port = Integer.parseInt(output.stream()
                .map(PORT::matcher)
                .filter(Matcher::find)
                .findFirst()
                .map(matcher -> matcher.group(1))
                .orElseThrow());
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(output::add);
        } catch (UncheckedIOException | IOException ex) {
            output.add(Objects.toString(ex));
        }
    }

    /** Sends a POST request, and returns the status of the response. */
    int post(String path) throws IOException, InterruptedException {
        return http.send(
                        request(path).POST(HttpRequest.BodyPublishers.noBody()).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Returns the body of the response to a GET request. */
    String get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    void awaitOutput(String text) {
        await().atMost(Duration.ofSeconds(30))
                .conditionEvaluationListener(condition -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("The application has ended: " + output);
                    }
                })
                .until(() -> output.stream().anyMatch(line -> line.contains(text)));
    }

    List<String> output() {
        return output;
    }

    /** Kills the process, as in a crash: no shutdown hook runs. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The application does not end");
        }
    }

    /** Stops the process in order. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The application does not end: " + output);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
