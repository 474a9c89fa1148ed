package com.lattestream.spring.boot.autoconfigure.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.internal.broadcast.RegisteredBroadcast;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The format of the entries in the databases of running applications. */
class RegisteredBroadcastTests {

    private static final String EARLIER =
            "{\"id\":\"6b0a6a0e-0000-4000-8000-000000000001\",\"channels\":[\"orders\"],\"event\":\"placed\","
                    + "\"data\":\"7\",\"excludedSocketId\":null}";

    private final JsonMapper mapper = JsonMapper.builder().build();

    // the registry finds an entry by its text
    @Test
    void anEntryOfAnEarlierVersionIsReadAndWrittenUnchanged() {
        RegisteredBroadcast broadcast = mapper.readValue(EARLIER, RegisteredBroadcast.class);

        assertThat(broadcast.client()).isNull();
        assertThat(mapper.writeValueAsString(broadcast)).isEqualTo(EARLIER);
    }

    @Test
    void anEntryKeepsTheNameOfItsClient() {
        RegisteredBroadcast broadcast = new RegisteredBroadcast(
                UUID.randomUUID(), List.of("orders"), "placed", "7", null, "south", "ABC", 1_700_000_000_000L);

        assertThat(mapper.readValue(mapper.writeValueAsString(broadcast), RegisteredBroadcast.class))
                .isEqualTo(broadcast);
    }
}
