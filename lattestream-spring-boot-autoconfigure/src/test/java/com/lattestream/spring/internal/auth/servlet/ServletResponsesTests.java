package com.lattestream.spring.internal.auth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

class ServletResponsesTests {

    private final CompletableFuture<ResponseEntity<byte[]>> future = new CompletableFuture<>();

    // not a class of Spring's mocks, which are written to synchronously
    private final ContainerRequest request = new ContainerRequest();

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private static ResponseEntity<byte[]> entity() {
        return ResponseEntity.status(403).header("X-A", "new").body("body".getBytes(UTF_8));
    }

    private void write(HttpServletRequest current, HttpServletResponse target) throws IOException {
        ServletResponses.writeWhenComplete(future, current, target);
    }

    private void isWritten() throws IOException {
        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(response.getHeaders("X-A")).containsExactly("new");
        assertThat(response.getContentLength()).isEqualTo(4);
        assertThat(response.getContentAsString()).isEqualTo("body");
    }

    @Test
    void aCompleteResponseIsWrittenOnTheCallingThread() throws IOException {
        future.complete(entity());
        response.setHeader("X-A", "of a filter");

        write(request, response);

        isWritten();
        assertThat(request.isAsyncStarted()).isFalse();
    }

    @Test
    void aLaterResponseIsWrittenWhenItIsComplete() throws IOException {
        write(request, response);
        assertThat(request.isAsyncStarted()).isTrue();
        assertThat(request.getAsyncContext().getTimeout()).isZero();
        assertThat(response.getContentAsString()).isEmpty();

        future.complete(entity());

        isWritten();
        assertThat(request.isAsyncStarted()).isFalse();
    }

    @Test
    void aLaterResponseIsNotWrittenBeforeTheThreadHasLeftTheFilters() throws IOException, ServletException {
        Filter filter = RequestCompletion.outermostFilter();

        filter.doFilter(request, response, (current, target) -> {
            write((HttpServletRequest) current, (HttpServletResponse) target);
            future.complete(entity());
            assertThat(response.getContentAsString()).isEmpty();
        });

        isWritten();
    }

    @Test
    void anExceptionOfAFilterEndsTheWaitToo() {
        Filter filter = RequestCompletion.outermostFilter();

        assertThatIllegalStateException()
                .isThrownBy(() -> filter.doFilter(request, response, (current, target) -> {
                    throw new IllegalStateException("a filter");
                }));

        assertThat(RequestCompletion.of(request).filtersCompleted()).isCompleted();
    }

    @Test
    void withoutAsynchronousSupportTheCallingThreadWaits() throws IOException {
        request.setAsyncSupported(false);
        future.completeAsync(ServletResponsesTests::entity);

        write(request, response);

        isWritten();
    }

    @Test
    void mockMvcReadsTheResponseWhenTheHandlerReturns() throws IOException {
        MockHttpServletRequest mock = new MockHttpServletRequest();
        mock.setAsyncSupported(true);
        future.completeAsync(ServletResponsesTests::entity);

        write(new HttpServletRequestWrapper(mock), response);

        isWritten();
        assertThat(mock.isAsyncStarted()).isFalse();
    }

    @Test
    void aLaterResponseIsNotKeptByFiltersThatCacheBodies() throws IOException {
        ContentCachingResponseWrapper cached = new ContentCachingResponseWrapper(response);
        write(request, cached);

        future.complete(entity());

        isWritten();
    }

    @Test
    void noShallowEtagIsCalculatedForALaterResponse() throws Exception {
        ShallowEtagHeaderFilter filter = new ShallowEtagHeaderFilter();
        request.setMethod("GET");

        filter.doFilter(request, response, (current, target) -> {
            write((HttpServletRequest) current, (HttpServletResponse) target);
            future.complete(entity());
        });

        assertThat(response.getContentAsString()).isEqualTo("body");
        assertThat(response.getHeader("ETag")).isNull();
    }

    @Test
    void aConnectionThatTheBrowserHasClosedEndsTheRequest() throws IOException {
        MockHttpServletResponse closed = new MockHttpServletResponse() {

            @Override
            public ServletOutputStream getOutputStream() {
                throw new IllegalStateException("closed");
            }
        };
        write(request, closed);

        future.complete(entity());

        assertThat(request.isAsyncStarted()).isFalse();
    }

    @Test
    void aResponseWithoutABodyHasOnlyHeaders() throws IOException {
        ServletResponses.write(ResponseEntity.status(204).build(), response);

        assertThat(response.getStatus()).isEqualTo(204);
        assertThat(response.containsHeader("Content-Length")).isFalse();
    }

    private static final class ContainerRequest extends MockHttpServletRequest {

        private ContainerRequest() {
            setAsyncSupported(true);
        }
    }
}
