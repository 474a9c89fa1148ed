package com.lattestream.test.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClientAddressTests {

    private static final JsonNode NODE =
            JsonMapper.shared().readTree("{\"node_id\":7,\"cluster\":\"eu1\",\"host\":\"ignored\"}");

    @Test
    void socketOfAnEngineUsesTheEndpointOfDiscovery() {
        ClientAddress address = new ClientAddress("localhost:8080/base", false);

        assertThat(address.discovery("lspk_x")).hasToString("http://localhost:8080/base/discover?api_key=lspk_x");
        assertThat(address.socket("t", NODE)).hasToString("ws://localhost:8080/base?discovery_token=t");
        assertThat(new ClientAddress("engine.internal:7000", false).socket("t", NODE))
                .hasToString("ws://engine.internal:7000?discovery_token=t");
    }

    @Test
    void socketOfTheServiceUsesTheNodeOfDiscovery() {
        ClientAddress address = new ClientAddress("eu1.lattestream.com", true);

        assertThat(address.discovery("lspk_x")).hasToString("https://eu1.lattestream.com/discover?api_key=lspk_x");
        assertThat(address.socket("t", NODE)).hasToString("wss://eu1-node7.lattestream.com?discovery_token=t");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, false",
        "localhost:80/a, false",
        "127.0.0.1:80, false",
        "[::1]:80, false",
        "localhost.example.com, true",
        "eu1.lattestream.com, true"
    })
    void recognizesRemoteEndpoints(String endpoint, boolean remote) {
        assertThat(ClientAddress.isRemote(endpoint)).isEqualTo(remote);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://localhost", "local host", "localhost?x=1"})
    void rejectsInvalidEndpoints(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientAddress(endpoint, false))
                .withMessageContaining("'" + endpoint + "'");
    }
}
