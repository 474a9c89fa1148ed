package com.lattestream.test.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lattestream.test.EmbeddedLatteStreamServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTests {

    @Test
    void acceptsValuesAfterASpaceOrAnEqualsSign() throws UsageException {
        try (EmbeddedLatteStreamServer engine = Options.parse(
                        List.of(
                                "--port",
                                "0",
                                "--bind=localhost",
                                "--secret=lsk_given=1",
                                "--public-key",
                                "lspk_given",
                                "--allowed-origins=https://a.example,http://b.example:8080",
                                "--webhook-url=http://localhost:8080/hooks"),
                        Map.of())
                .builder()
                .start()) {
            assertThat(engine.secret()).isEqualTo("lsk_given=1");
            assertThat(engine.publicKey()).isEqualTo("lspk_given");
            assertThat(engine.webhookUrl()).contains("http://localhost:8080/hooks");
            assertThat(discover(engine, "https://a.example")).isEqualTo(200);
            assertThat(discover(engine, "http://b.example:8080")).isEqualTo(200);
            assertThat(discover(engine, "http://c.example")).isEqualTo(403);
        }
    }

    @Test
    void readsKeysFromTheEnvironmentUnlessGivenAsArguments() throws UsageException {
        Map<String, String> environment =
                Map.of("LATTESTREAM_SECRET", "lsk_environment", "LATTESTREAM_PUBLIC_KEY", "lspk_environment");
        Options options = Options.parse(List.of("--port=0", "--public-key=lspk_given"), environment);

        try (EmbeddedLatteStreamServer engine = options.builder().start()) {
            assertThat(engine.secret()).isEqualTo("lsk_environment");
            assertThat(engine.publicKey()).isEqualTo("lspk_given");
        }
        assertThat(options.isRandomSecret()).isFalse();
        assertThat(Options.parse(List.of(), Map.of("LATTESTREAM_SECRET", "")).isRandomSecret())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --prot 1            | Unknown option --prot
            --port x            | --port must be a number from 0 to 65535
            --port 70000        | Port 70000 must be 0 (any free port) to 65535
            --port              | --port requires a value
            --port --bind       | --port requires a value
            --port 1 --port 2   | --port is specified twice
            --bind 999.1.1.1    | The bind address '999.1.1.1' must be an IP address or a host name that can be resolved
            --public-key lspk_& | The public key must be lspk_
            --allowed-origins x | The allowed origin 'x' must be http:// or https://
            --webhook-url ftp:x | The webhook URL 'ftp:x' must start with http:// or https://
            """)
    void reportsInvalidArguments(String arguments, String message) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() ->
                        Options.parse(List.of(arguments.split(" ")), Map.of()).builder())
                .withMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource({"--secret nothing_secret", "lsk_top_secret", "--lsk_secret", "--secrte=lsk_top_secret"})
    void doesNotPrintValuesThatMayBeASecret(String arguments) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() ->
                        Options.parse(List.of(arguments.split(" ")), Map.of()).builder())
                .satisfies(
                        thrown -> assertThat(thrown.getMessage()).doesNotContain("nothing_secret", "lsk_top", "lsk_s"));
    }

    private static int discover(EmbeddedLatteStreamServer engine, String origin) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + engine.endpoint() + "/discover?api_key=" + engine.publicKey()))
                .header("Origin", origin)
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .join()
                .statusCode();
    }

    @Test
    void helpDescribesEveryOption() throws UsageException {
        assertThat(Options.parse(List.of("--help"), Map.of()).isHelp()).isTrue();
        assertThat(Options.HELP)
                .contains("--port", "--bind", "--secret", "--public-key", "--allowed-origins", "--webhook-url")
                .contains("Default: " + Options.DEFAULT_PORT);
    }
}
