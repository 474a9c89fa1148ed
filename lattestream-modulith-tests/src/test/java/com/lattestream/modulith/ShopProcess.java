package com.lattestream.modulith;

import static org.awaitility.Awaitility.await;

import com.lattestream.test.EmbeddedLatteStreamServer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The shop in a process of its own, which can be killed. */
final class ShopProcess implements AutoCloseable {

    private final List<String> output = new CopyOnWriteArrayList<>();

    private final Process process;

    private final Writer input;

    ShopProcess(EmbeddedLatteStreamServer engine, String databaseUrl) throws IOException {
        // Surefire hides the class path behind a jar, and sets it as a property
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        "-XX:TieredStopAtLevel=1",
                        Shop.class.getName(),
                        "--spring.main.banner-mode=off",
                        "--spring.main.web-application-type=none",
                        "--lattestream.secret=" + engine.secret(),
                        "--lattestream.endpoint=" + engine.endpoint(),
                        "--lattestream.use-tls=false",
                        "--lattestream.retry.delay=100ms",
                        "--spring.datasource.url=" + databaseUrl,
                        "--spring.modulith.events.jdbc.schema-initialization.enabled=true",
                        "--spring.modulith.events.republish-outstanding-events-on-restart=true")
                .redirectErrorStream(true)
                .start();
        input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread reader = new Thread(this::read, "output of the shop");
        reader.setDaemon(true);
        reader.start();
        awaitOutput(Shop.READY);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(output::add);
        } catch (UncheckedIOException | IOException ex) {
            output.add(ex.toString());
        }
    }

    void send(String command) throws IOException {
        input.write(command + "\n");
        input.flush();
        awaitOutput(Shop.DONE + command);
    }

    void awaitOutput(String text) {
        await().atMost(Duration.ofSeconds(30))
                .conditionEvaluationListener(condition -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("The shop has ended: " + output);
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
            throw new IllegalStateException("The shop does not end");
        }
    }

    /** Stops the process in order. */
    void stop() throws IOException, InterruptedException {
        input.close();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The shop does not end: " + output);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
