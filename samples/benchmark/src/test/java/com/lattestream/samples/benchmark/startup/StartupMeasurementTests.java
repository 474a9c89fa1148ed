package com.lattestream.samples.benchmark.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.samples.benchmark.SmallSink;
import com.lattestream.samples.benchmark.result.FirstRequest;
import com.lattestream.samples.benchmark.result.Startup;
import org.junit.jupiter.api.Test;

class StartupMeasurementTests {

    @Test
    void startsWithoutAStarterAndWithEachOfThemAndSendsNothing() {
        try (SmallSink sink = new SmallSink()) {
            Startup startup = new StartupMeasurement(sink.port()).measure(0, 1);

            assertThat(startup.with()).hasSize(1).doesNotContain(0);
            assertThat(startup.without()).hasSize(1).doesNotContain(0);
            assertThat(startup.withAmqp()).hasSize(1).doesNotContain(0);
            assertThat(startup.withKafka()).hasSize(1).doesNotContain(0);
            assertThat(sink.requests()).isZero();
        }
    }

    @Test
    void theFirstRequestOfAnApplicationAndALaterOneAreTimed() {
        try (SmallSink sink = new SmallSink()) {
            FirstRequest requests = new StartupMeasurement(sink.port()).measureFirstRequest(1);

            assertThat(requests.first()).hasSize(1).doesNotContain(0);
            assertThat(requests.later()).hasSize(1).doesNotContain(0);
            assertThat(sink.requests()).isEqualTo(1002);
        }
    }
}
