package com.lattestream.spring.internal.auth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lattestream.spring.internal.auth.RejectedRequestException;
import com.lattestream.spring.internal.auth.SubscriptionRequest;
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
    void aBodyWhoseAnnouncedLengthIsTooLongIsNotRead() {
        isTooLong(new MockHttpServletRequest() {

            @Override
            public long getContentLengthLong() {
                return 16 * 1024 + 1;
            }

            @Override
            public ServletInputStream getInputStream() {
                throw new IllegalStateException("The body was read");
            }
        });
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
}
