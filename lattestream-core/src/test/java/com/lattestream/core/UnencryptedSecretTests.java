package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnencryptedSecretTests {

    private static final String SECRET = "lsk_never_to_be_seen";

    @Test
    void aClientWithoutTlsWarnsOnceThatItsSecretLeavesTheMachine() {
        List<ILoggingEvent> warnings =
                warnings(LatteStreamClient.builder(SECRET).useTls(false).endpoint("realtime.example.com:8080"));

        assertThat(warnings)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("'lattestream'", "unencrypted to http://realtime.example.com:8080", "use-tls=true")
                .doesNotContain(SECRET);
    }

    @Test
    void theClustersOwnAddressIsNotOnThisMachine() {
        assertThat(warnings(LatteStreamClient.builder(SECRET).useTls(false).cluster("us1")))
                .hasSize(1);
    }

    @Test
    void eachClientWarns() {
        LatteStreamClientBuilder builder =
                LatteStreamClient.builder(SECRET).useTls(false).endpoint("10.0.0.1");

        assertThat(warnings(builder)).hasSize(1);
        assertThat(warnings(builder)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "127.0.0.2:8080", "[::1]:8080", "engine.localhost"})
    void aClientOfTheLocalEngineDoesNotWarn(String endpoint) {
        assertThat(warnings(LatteStreamClient.builder(SECRET).useTls(false).endpoint(endpoint)))
                .isEmpty();
    }

    @Test
    void aClientWithTlsDoesNotWarn() {
        assertThat(warnings(LatteStreamClient.builder(SECRET).endpoint("realtime.example.com")))
                .isEmpty();
    }

    private static List<ILoggingEvent> warnings(LatteStreamClientBuilder builder) {
        try (LogLines lines = new LogLines(Level.INFO);
                LatteStreamClient client = builder.build()) {
            assertThat(client.name()).isNotEmpty();
            return lines.events().stream()
                    .filter(event -> event.getLevel() == Level.WARN)
                    .toList();
        }
    }
}
