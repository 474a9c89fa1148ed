package com.lattestream.test.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine as a separate process. */
class StandaloneEngineIT {

    private static final Pattern CONSOLE = Pattern.compile("Console +(http://localhost:[0-9]+/console)");

    @TempDir
    Path folder;

    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void runsUntilItReceivesASignal(String signal) throws Exception {
        start(Map.of(), "--port=0");
        URI console = console();
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(console).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.body()).contains("<title>LatteStream engine</title>");

        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        // 128 plus the number of the signal, by convention
        assertThat(process.exitValue()).isEqualTo(signal.equals("TERM") ? 143 : 130);
        assertThat(output()).endsWith("The engine has stopped\n");
        try (ServerSocket again = new ServerSocket(console.getPort())) {
            assertThat(again.getLocalPort()).isEqualTo(console.getPort());
        }
    }

    @Test
    void printsItsAddressesAndThePropertiesForAnApplication() throws Exception {
        start(Map.of(), "--port", "0", "--webhook-url", "http://localhost:8080/hooks");

        String endpoint = console().getAuthority();
        assertThat(output())
                .contains("Public key   lspk_local_engine")
                .containsPattern("Secret       lsk_local_[\\w-]{32}\n")
                .containsPattern("lattestream.secret=lsk_local_[\\w-]{32}\n")
                .contains("Webhooks     to http://localhost:8080/hooks")
                .contains("lattestream.endpoint=" + endpoint)
                .contains("lattestream.use-tls=false")
                .contains("bound to 127.0.0.1, nothing leaves this machine");
    }

    @Test
    void doesNotPrintAConfiguredSecret() throws Exception {
        start(Map.of("LATTESTREAM_SECRET", "lsk_given_by_the_environment"), "--port=0");

        console();
        await().untilAsserted(() -> assertThat(output()).contains("Press Ctrl-C to stop the engine"));
        assertThat(output()).contains("Secret       as configured (not shown)").doesNotContain("lsk_given");
    }

    @Test
    void printsHelp() throws Exception {
        start(Map.of(), "--help");

        assertThat(exitCode()).isZero();
        assertThat(output())
                .contains("--port", "--bind", "--secret", "--public-key", "--allowed-origins", "--webhook-url");
    }

    @Test
    void rejectsInvalidArguments() throws Exception {
        start(Map.of(), "--secret", "wrong");

        assertThat(exitCode()).isEqualTo(2);
        assertThat(output())
                .contains("The LatteStream secret must start with lsk_")
                .doesNotContain("wrong");
    }

    @Test
    void reportsThatThePortIsInUse() throws Exception {
        start(Map.of(), "--port=0");
        Process first = process;
        String port = String.valueOf(console().getPort());
        start(Map.of(), "--port", port);

        assertThat(exitCode()).isEqualTo(1);
        assertThat(output()).contains("Port " + port + " is in use").doesNotContain("Exception");
        first.destroyForcibly();
    }

    private void start(Map<String, String> environment, String... arguments) throws IOException {
        String jar = System.getProperty("standalone.jar");
        assumeTrue(jar != null && Files.exists(Path.of(jar)), "The jar is built by mvn verify");
        // child processes of a background shell ignore SIGINT, and so do theirs
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LATTESTREAM_"));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    private URI console() throws IOException {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> CONSOLE.matcher(output()).find());
        Matcher found = CONSOLE.matcher(output());
        assertThat(found.find()).isTrue();
        return URI.create(found.group(1));
    }

    private int exitCode() throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"), UTF_8);
    }
}
