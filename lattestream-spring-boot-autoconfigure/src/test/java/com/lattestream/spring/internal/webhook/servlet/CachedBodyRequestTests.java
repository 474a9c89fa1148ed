package com.lattestream.spring.internal.webhook.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class CachedBodyRequestTests {

    private final CachedBodyRequest request = new CachedBodyRequest(new MockHttpServletRequest(), "äb".getBytes(UTF_8));

    private final List<String> calls = new ArrayList<>();

    @Test
    void theBodyCanBeReadAnyNumberOfTimes() throws IOException {
        assertThat(request.getInputStream().readAllBytes()).isEqualTo("äb".getBytes(UTF_8));
        assertThat(request.getReader().readLine()).isEqualTo("äb");
        assertThat(request.getInputStream().readAllBytes()).isEqualTo("äb".getBytes(UTF_8));
    }

    @Test
    void theBodyCanBeReadByteByByte() throws IOException {
        ServletInputStream input = request.getInputStream();
        assertThat(input.isReady()).isTrue();

        assertThat(input.read()).isEqualTo(0xc3);
        assertThat(input.read()).isEqualTo(0xa4);
        assertThat(input.isFinished()).isFalse();
        assertThat(input.read()).isEqualTo('b');
        assertThat(input.isFinished()).isTrue();
        assertThat(input.read()).isEqualTo(-1);
        assertThat(input.read(new byte[1], 0, 1)).isEqualTo(-1);
    }

    private ReadListener listener(ServletInputStream input, int bytes, boolean failing) {
        return new ReadListener() {

            @Override
            public void onDataAvailable() throws IOException {
                if (failing) {
                    throw new IOException("a failure of the listener");
                }
                calls.add("read " + input.readNBytes(bytes).length);
            }

            @Override
            public void onAllDataRead() {
                calls.add("end");
            }

            @Override
            public void onError(Throwable error) {
                calls.add(error.getMessage());
            }
        };
    }

    @Test
    void aReadListenerReceivesTheWholeBody() {
        ServletInputStream input = request.getInputStream();

        input.setReadListener(listener(input, 3, false));

        assertThat(calls).containsExactly("read 3", "end");
    }

    @Test
    void aReadListenerThatReadsAPartIsNotAtTheEnd() {
        ServletInputStream input = request.getInputStream();

        input.setReadListener(listener(input, 2, false));

        assertThat(calls).containsExactly("read 2");
    }

    @Test
    void aFailureOfAReadListenerIsReportedToIt() {
        ServletInputStream input = request.getInputStream();

        input.setReadListener(listener(input, 3, true));

        assertThat(calls).containsExactly("a failure of the listener");
    }
}
