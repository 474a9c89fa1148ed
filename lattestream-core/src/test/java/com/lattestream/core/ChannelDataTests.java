package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

/** A presence member is the same text whether it is signed locally, by a client without a service, or by the service. */
class ChannelDataTests {

    private static final String SECRET = "lsk_test_secret";

    private static final PresenceMember MEMBER = PresenceMember.of("ž-7\"", info());

    private static Map<String, Object> info() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("since", Instant.ofEpochMilli(1_700_000_000_123L));
        info.put("born", new Date(0));
        info.put("profile", new Profile("Ann", null));
        info.put("number", 1.50f);
        info.put("raw", new RawValue("{\"a\" : 1}"));
        info.put("text", "x\ud800 ž😀");
        info.put("none", null);
        return info;
    }

    private static Stream<Arguments> mappers() {
        return Stream.of(
                mapper("Jackson's defaults", JsonMapper.builder()),
                mapper("dates as numbers", JsonMapper.builder().enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)),
                mapper(
                        "a naming strategy, for names that are given too",
                        JsonMapper.builder()
                                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                                .enable(MapperFeature.ALLOW_EXPLICIT_PROPERTY_RENAMING)),
                mapper("no annotations", JsonMapper.builder().disable(MapperFeature.USE_ANNOTATIONS)),
                mapper("indented", JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)),
                mapper("a root name", JsonMapper.builder().enable(SerializationFeature.WRAP_ROOT_VALUE)),
                mapper("escapes", JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII)));
    }

    private static Arguments mapper(String name, JsonMapper.Builder builder) {
        return Arguments.argumentSet(name, builder.build());
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void isTheSameInEveryMode(JsonMapper mapper) {
        String local = new ChannelSigner(SECRET, mapper)
                .authorizePresenceChannel("1.2", "presence-a", MEMBER)
                .channelData();

        assertThat(offline(mapper)).isEqualTo(local);
        assertThat(sentToTheService(mapper)).isEqualTo(local);
        assertThat(JsonMapper.shared().readTree(local).propertyNames()).containsExactly("user_id", "user_info");
        assertThat(JsonMapper.shared().readTree(local).path("user_id").stringValue())
                .isEqualTo("ž-7\"");
        assertThat(JsonMapper.shared().readTree(local).path("user_info").propertyNames())
                .containsAll(MEMBER.userInfo().keySet());
    }

    private static String offline(JsonMapper mapper) {
        try (LatteStreamClient client = new OfflineLatteStreamClient(SECRET, mapper)) {
            return client.authorizeChannel("1.2", "presence-a", MEMBER).join().channelData();
        }
    }

    private static String sentToTheService(JsonMapper mapper) {
        try (StubService service = new StubService().answer(request -> Reply.json("{\"auth\":\"x\"}"));
                LatteStreamClient client = LatteStreamClient.builder(SECRET)
                        .endpoint(service.endpoint())
                        .useTls(false)
                        .jsonMapper(mapper)
                        .build()) {
            client.authorizeChannel("1.2", "presence-a", MEMBER).join();
            String body = service.requests().get(0).text();
            String opening = "{\"socket_id\":\"1.2\",\"channel_name\":\"presence-a\",\"channel_data\":";
            assertThat(body).startsWith(opening).endsWith("}");
            return body.substring(opening.length(), body.length() - 1);
        }
    }

    record Profile(String fullName, String nickName) {}
}
