package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.support.Vectors;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every vector is replayed, or left out with a reason. */
class VectorCoverageTests {

    private static final Map<String, Integer> LISTS = new TreeMap<>(Map.ofEntries(
            Map.entry("signing/request_signing", 11),
            Map.entry("signing/headers", 3),
            Map.entry("signing/endpoint", 7),
            Map.entry("channel-auth/channel_auth", 21),
            Map.entry("channel-auth/channel_auth_verify", 7),
            Map.entry("channel-auth/user_auth", 5),
            Map.entry("channel-auth/channel_data_hash", 9),
            Map.entry("webhook/webhook", 10),
            Map.entry("webhook/webhook_verify", 7),
            Map.entry("wire/wire", 75),
            Map.entry("validation/validation", 79)));

    @Test
    void everyVectorIsReplayedOrLeftOutWithAReason() {
        int replayed = 0;
        int leftOut = 0;
        for (Map.Entry<String, Integer> list : LISTS.entrySet()) {
            String[] name = list.getKey().split("/", 2);
            Map<Integer, String> reasons = Vectors.leftOut(name[0], name[1]);

            assertThat(Vectors.load(name[0]).path(name[1]).size())
                    .as(list.getKey())
                    .isEqualTo(list.getValue());
            assertThat(reasons.keySet()).allMatch(index -> index >= 0 && index < list.getValue());
            leftOut += reasons.size();
            replayed += list.getValue() - reasons.size();
        }

        assertThat(leftOut).as("vectors left out").isEqualTo(46);
        assertThat(replayed).as("vectors replayed").isEqualTo(188);
    }

    @Test
    void everyVectorLeftOutHasAReasonAndExists() {
        JsonNode leftOut = Vectors.load("left-out");

        assertThat(leftOut).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.path("reason").asString()).isNotBlank();
            assertThat(LISTS)
                    .containsKey(entry.path("file").asString() + "/"
                            + entry.path("list").asString());
        });
    }
}
