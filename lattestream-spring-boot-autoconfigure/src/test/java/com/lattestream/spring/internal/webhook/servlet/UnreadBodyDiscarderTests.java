package com.lattestream.spring.internal.webhook.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletResponse;

/** The response to a request whose body is not read does not wait for the body. */
class UnreadBodyDiscarderTests {

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private static ClientRequest request(long length) {
        return new ClientRequest("POST", "/", length);
    }

    private void discard(ClientRequest request) throws IOException {
        UnreadBodyDiscarder.discard(request, response);
    }

    @Test
    void theResponseIsSentAndTheConnectionIsClosedAfterTheBodyHasArrived() throws IOException {
        ClientRequest request = request(100);

        discard(request);

        assertThat(response.isCommitted()).isTrue();
        assertThat(response.getHeader("Content-Length")).isEqualTo("0");
        assertThat(response.getHeader("Connection")).isEqualTo("close");
        assertThat(request.isAsyncStarted()).isTrue();
        assertThat(request.getAsyncContext().getTimeout()).isEqualTo(1000);
        request.send(new byte[100]);
        assertThat(request.read).isEqualTo(100);
        assertThat(request.isAsyncStarted()).isTrue();
        request.end();
        assertThat(request.isAsyncStarted()).isFalse();
    }

    @Test
    void aConnectionWithHttp2IsNotClosed() throws IOException {
        ClientRequest request = request(100);
        request.setProtocol("HTTP/2.0");

        discard(request);

        assertThat(response.getHeader("Connection")).isNull();
        assertThat(request.isAsyncStarted()).isTrue();
    }

    @Test
    void atMost256KibibytesAreDiscarded() throws IOException {
        ClientRequest request = request(1024 * 1024);
        discard(request);

        request.send(new byte[256 * 1024]);
        assertThat(request.isAsyncStarted()).isTrue();
        request.send(new byte[1]);

        assertThat(request.isAsyncStarted()).isFalse();
    }

    @Test
    void theRequestEndsOnceWhenTheConnectionFails() throws IOException {
        ClientRequest request = request(100);
        discard(request);
        MockAsyncContext async = (MockAsyncContext) request.getAsyncContext();

        request.breakOff();
        assertThat(request.isAsyncStarted()).isFalse();

        request.setAsyncStarted(true);
        async.getListeners().get(0).onError(new AsyncEvent(async));
        assertThat(request.isAsyncStarted()).as("not completed again").isTrue();
    }

    @Test
    void theRequestEndsAfterASecond() throws IOException {
        ClientRequest request = request(100);
        discard(request);
        MockAsyncContext async = (MockAsyncContext) request.getAsyncContext();

        async.getListeners().get(0).onTimeout(new AsyncEvent(async));

        assertThat(request.isAsyncStarted()).isFalse();
    }

    @Test
    void theRequestEndsIfAFilterPreventsListeners() throws IOException {
        ClientRequest request = request(100);
        request.refusesListeners = true;

        discard(request);

        assertThat(request.isAsyncStarted()).isFalse();
        assertThat(response.isCommitted()).isTrue();
    }

    @Test
    void aBodyThatHasArrivedIsLeftToTheContainer() throws IOException {
        ClientRequest request = request(3).with(new byte[3]);

        discard(request);

        assertThat(request.isAsyncStarted()).isFalse();
        assertThat(response.isCommitted()).isFalse();
        assertThat(response.getHeader("Connection")).isNull();
    }

    @Test
    void aBodyThatAFilterHasReadIsLeftToTheContainer() throws IOException {
        ClientRequest request = new ClientRequest("POST", "/", 100) {

            @Override
            public ServletInputStream getInputStream() {
                throw new IllegalStateException("getReader() was called");
            }
        };

        discard(request);

        assertThat(request.isAsyncStarted()).isFalse();
    }

    @Test
    void onlyAFirstDispatchThatSupportsItIsAsynchronous() throws IOException {
        ClientRequest unsupported = request(100);
        unsupported.setAsyncSupported(false);
        ClientRequest forwarded = request(100);
        forwarded.setDispatcherType(DispatcherType.FORWARD);
        ClientRequest started = request(100);
        started.startAsync();

        for (ClientRequest request : new ClientRequest[] {unsupported, forwarded, started}) {
            discard(request);

            assertThat(request.listener).isNull();
            assertThat(response.isCommitted()).isFalse();
        }
    }

    @Test
    void aRequestWithoutALengthHasABodyIfItIsChunkedOrNotHttp1() throws IOException {
        assertThat(RequestBodies.hasArrived(request(-1))).isTrue();
        ClientRequest chunked = request(-1);
        chunked.addHeader("Transfer-Encoding", "chunked");
        assertThat(RequestBodies.hasArrived(chunked)).isFalse();
        ClientRequest http2 = request(-1);
        http2.setProtocol("HTTP/2.0");
        assertThat(RequestBodies.hasArrived(http2)).isFalse();
        assertThat(RequestBodies.hasArrived(request(0))).isTrue();
        assertThat(RequestBodies.hasArrived(request(4).with(new byte[3]))).isFalse();
    }
}
