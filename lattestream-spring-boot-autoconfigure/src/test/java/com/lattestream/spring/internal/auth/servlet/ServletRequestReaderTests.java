package com.lattestream.spring.internal.auth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lattestream.spring.internal.auth.RejectedRequestException;
import com.lattestream.spring.internal.auth.SubscriptionRequest;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ServletRequestReaderTests {

    private static final String FORM = "application/x-www-form-urlencoded";

    private static final String VALID = "{\"socket_id\":\"1.1\",\"channel_name\":\"private-a\"}";

    private final ServletRequestReader reader = new ServletRequestReader();

    private void isTooLong(MockHttpServletRequest request) {
        request.setContentType("application/json");

        assertThatExceptionOfType(RejectedRequestException.class)
                .isThrownBy(() -> reader.read(request))
                .withMessage("The body must have at most 16384 bytes");
    }

    @Test
    void aFormThatAFilterHasParsedIsRead() throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setContentType(FORM);
        request.setParameter("socket_id", "1.1");
        request.setParameter("channel_name", "private-a");

        assertThat(reader.read(request)).isEqualTo(new SubscriptionRequest("1.1", "private-a"));
    }

    @Test
    void aParsedFormWithoutAFieldIsRejected() {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setContentType(FORM);
        request.setParameter("socket_id", "1.1");

        assertThatExceptionOfType(RejectedRequestException.class).isThrownBy(() -> reader.read(request));
    }

    @Test
    void aBodyThatTheClientHasNotSentYetIsNotRead() {
        MockHttpServletRequest request = new MockHttpServletRequest() {

            @Override
            public long getContentLengthLong() {
                return 16 * 1024 + 1;
            }

            @Override
            public ServletInputStream getInputStream() {
                throw new IllegalStateException("The body was read");
            }
        };
        request.addHeader("Expect", "100-continue");

        isTooLong(request);
    }

    @Test
    void aBodyWithoutAnAnnouncedLengthIsReadUpToTheLimit() {
        MockHttpServletRequest request = new MockHttpServletRequest() {

            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        request.setContent((VALID + " ".repeat(16 * 1024)).getBytes(UTF_8));

        isTooLong(request);
    }

    @Test
    void aReadThatWouldWaitForTheClientIsNotStarted() {
        StubStream body = new StubStream(0);

        isTooLong(announcing(body));

        assertThat(body.reads).isZero();
    }

    @Test
    void anErrorWhileDiscardingLeavesTheRejection() {
        StubStream body = new StubStream(10);

        isTooLong(announcing(body));

        assertThat(body.reads).isOne();
    }

    private static MockHttpServletRequest announcing(ServletInputStream body) {
        return new MockHttpServletRequest() {

            @Override
            public long getContentLengthLong() {
                return 100_000;
            }

            @Override
            public ServletInputStream getInputStream() {
                return body;
            }
        };
    }

    /** The stream of a client that has sent some bytes, and then closes the connection. */
    private static final class StubStream extends ServletInputStream {

        private final int available;

        private int reads;

        StubStream(int available) {
            this.available = available;
        }

        @Override
        public int available() {
            return available;
        }

        @Override
        public int read() throws IOException {
            return read(new byte[1], 0, 1);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            reads++;
            throw new IOException("connection reset");
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
