package com.lattestream.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lattestream.core.support.Vectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EndpointTests {

    @TestFactory
    Stream<DynamicTest> endpoints() {
        return Vectors.replay("signing", "endpoint", vector -> {
            JsonNode options = vector.path("options");
            boolean tls = options.path("useTLS").asBoolean(true);
            String endpoint = Vectors.text(options.path("wsEndpoint"));

            assertThat(
                            endpoint == null
                                    ? Endpoint.ofCluster(
                                            options.path("cluster").asString(Endpoint.DEFAULT_CLUSTER), tls)
                                    : Endpoint.parse(endpoint, tls))
                    .hasToString(vector.path("api_endpoint").stringValue());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "host,host,-1,''",
        "host:8080,host,8080,''",
        "host/base/,host,-1,/base",
        "[::1]:8080,[::1],8080,''",
        "127.0.0.1:1/a/b,127.0.0.1,1,/a/b"
    })
    void readsHostPortAndBasePath(String address, String host, int port, String basePath) {
        assertThat(Endpoint.parse(address, false)).isEqualTo(new Endpoint("http", host, port, basePath));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://host",
                "host:99999",
                "host:0",
                "host:port",
                "host name",
                "/base",
                ":8080",
                "user@host",
                "host?query",
                "host#fragment",
                "host\nname",
                "ho_st"
            })
    void invalidAddressesAreRejected(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse(address, true))
                .withMessageContaining("Endpoint '")
                .withMessageContaining("must be host[:port][/base]")
                .satisfies(ex -> assertThat(ex).hasMessageNotContaining("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example/", "eu1.", "-eu", "e u", "eu1:80", "é", "evil.example#"})
    void refusesAClusterThatWouldChangeTheHost(String cluster) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.ofCluster(cluster, true))
                .withMessageContaining("Cluster '")
                .withMessageContaining("must be a name such as eu1");
    }

    @Test
    void noClusterIsTheDefaultOne() {
        assertThat(Endpoint.ofCluster("", true)).hasToString("https://eu1.lattestream.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "localhost.",
                "engine.localhost:8080/base",
                "127.0.0.1",
                "127.1.2.3:80",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]"
            })
    void anAddressOfThisMachineMayGoWithoutTls(String address) {
        assertThat(Endpoint.parse(address, false).isUnencryptedOutsideThisMachine())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "localhost.example.com",
                "notlocalhost",
                "127.0.0.1.example.com",
                "128.0.0.1",
                "10.0.0.1:8080",
                "0.0.0.0",
                "[::]",
                "[fe80::1]",
                "[fe80::1%25nosuchinterface]",
                "[::ffff:10.0.0.1]",
                "does-not-exist.invalid"
            })
    void anyOtherAddressNeedsTls(String address) {
        assertThat(Endpoint.parse(address, false).isUnencryptedOutsideThisMachine())
                .isTrue();
        assertThat(Endpoint.parse(address, true).isUnencryptedOutsideThisMachine())
                .isFalse();
    }
}
