package com.lattestream.spring.boot.autoconfigure.aot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks of an application on Spring WebFlux that is processed ahead of time. */
@Timeout(120)
class ReactiveAheadOfTimeTests {

    private static final String[] ARGUMENTS = {
        "--spring.main.web-application-type=reactive",
        "--server.port=0",
        "--management.health.redis.enabled=false",
        "--lattestream.secret=lsk_test",
        "--lattestream.mode=none"
    };

    @Test
    void webhooksAreVerifiedAndHandled(@TempDir Path directory) throws Exception {
        try (ProcessedApplication application =
                ProcessedApplication.process(ReactiveAotApplication.class, directory, ARGUMENTS)) {
            assertThat(application.call(ReactiveAotApplication.class, "probe", ARGUMENTS))
                    .isEqualTo("aot=true forged=401 signed=handled 1 heard=[chat] configurations=1");
        }
    }
}
