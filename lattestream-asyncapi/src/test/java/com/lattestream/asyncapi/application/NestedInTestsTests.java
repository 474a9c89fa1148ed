package com.lattestream.asyncapi.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.asyncapi.AsyncApiDocument;
import com.lattestream.spring.broadcast.Broadcast;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

/** A test in a package of the application, with an event of its own. */
@SpringBootTest(
        classes = Application.class,
        properties = {"lattestream.secret=lsk_c2VjcmV0", "lattestream.mode=none"})
class NestedInTestsTests {

    @Broadcast(channel = "events-of-a-test", event = "tested")
    record Tested(String text) {}

    @Test
    void anEventOfATestIsNotPartOfTheApplication(@Autowired ApplicationContext context) {
        assertThat(AsyncApiDocument.of(context).toJson())
                .contains("prices-{symbol}")
                .doesNotContain("events-of-a-test");
    }
}
