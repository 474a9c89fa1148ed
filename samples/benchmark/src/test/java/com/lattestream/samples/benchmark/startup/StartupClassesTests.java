package com.lattestream.samples.benchmark.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.samples.benchmark.SmallSink;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartupClassesTests {

    @Test
    void theStarterLoadsNeitherCachesNorHttpNorTlsBeforeTheyAreUsed() {
        try (SmallSink sink = new SmallSink()) {
            List<String> classes = new StartupMeasurement(sink.port()).loadedClasses();

            assertThat(classes)
                    .as("the application has a client")
                    .contains("com.lattestream.core.DefaultLatteStreamClient")
                    .noneMatch(name -> name.startsWith("com.github.benmanes.caffeine.cache.LocalCacheFactory"))
                    .noneMatch(name -> name.startsWith("org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder"))
                    .noneMatch(name -> name.startsWith("sun.security.ssl.SSLContextImpl"));
        }
    }
}
