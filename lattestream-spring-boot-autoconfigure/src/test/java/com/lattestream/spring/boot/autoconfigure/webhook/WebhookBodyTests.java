package com.lattestream.spring.boot.autoconfigure.webhook;

import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.PATH;
import static com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.SECRET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.lattestream.core.webhook.WebhookPayload;
import com.lattestream.spring.boot.autoconfigure.webhook.RawHttp.Response;
import jakarta.servlet.Filter;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Bodies that are read before their signature can be verified: few at a time, small, and not for long. Tomcat has four
 * threads, and Netty one for each processor or four, so that any thread that waits for a client is missed at once.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Stack.class)
class WebhookBodyTests {

    @Parameter
    Stack stack;

    private static final String PLAUSIBLE = "0".repeat(64);

    private final List<Socket> sockets = new ArrayList<>();

    private @Nullable ConfigurableApplicationContext application;

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        if (application != null) {
            application.close();
        }
    }

    private void start(Class<?> handlers, String... arguments) {
        assumeTrue(stack.isServlet() || handlers != StubbornFilter.class, "a filter of servlets");
        application = new SpringApplicationBuilder(Application.class, handlers)
                .bannerMode(Banner.Mode.OFF)
                .properties(
                        "server.port=0",
                        "test.management=false",
                        "server.tomcat.threads.max=4",
                        "server.tomcat.connection-timeout=5s",
                        "server.jetty.connection-idle-timeout=5s",
                        "lattestream.secret=" + SECRET,
                        "lattestream.use-tls=false",
                        "lattestream.webhook.max-unverified-bodies=2",
                        "lattestream.webhook.read-timeout=1s")
                .run(stack.arguments(arguments));
    }

    private int port() {
        return RawHttp.port(application);
    }

    /** Sends only the beginning of a request. */
    private Socket begin(String target, int length, @Nullable String signature) throws IOException {
        Socket socket = RawHttp.open(port());
        sockets.add(socket);
        socket.getOutputStream().write(RawHttp.head(target, length, signature));
        socket.getOutputStream().write('{');
        return socket;
    }

    private void assertOthersAreAnswered() throws IOException {
        Instant begun = Instant.now();
        Response response;
        try (Socket socket = RawHttp.open(port())) {
            socket.getOutputStream().write("GET /other HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
            response = RawHttp.read(socket);
        }
        assertThat(response.body()).isEqualTo("other");
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(classes = {None.class, Handler.class})
    void withoutAPlausibleSignatureTheBodyIsNotAwaited(Class<?> handlers) throws Exception {
        start(handlers);
        List<@Nullable String> signatures =
                Arrays.asList(null, "", "0".repeat(63), "A".repeat(64), "0".repeat(65), "g".repeat(64), "sha256=00");
        for (int round = 0; round < 3; round++) {
            for (String signature : signatures) {
                Response response = RawHttp.read(begin(PATH, 1_000_000, signature));

                assertThat(response.status()).isEqualTo(401);
                assertThat(response.header("Connection")).isEqualTo("close");
            }
        }
        assertOthersAreAnswered();
        assertConnectionsEnd();
    }

    @Test
    void anAnnouncedLengthIsRefusedBeforeTheBodyIsAwaited() throws Exception {
        start(None.class);
        for (int i = 0; i < 8; i++) {
            assertThat(RawHttp.read(begin(PATH, 2_000_000_000, PLAUSIBLE)).status())
                    .isEqualTo(413);
        }
        assertOthersAreAnswered();
        assertConnectionsEnd();
    }

    @Test
    void anotherMethodIsRefusedBeforeTheBodyIsAwaited() throws Exception {
        start(None.class);
        for (int i = 0; i < 8; i++) {
            Socket socket = RawHttp.open(port());
            sockets.add(socket);
            socket.getOutputStream()
                    .write(new String(RawHttp.head(PATH, 1_000_000, PLAUSIBLE), ISO_8859_1)
                            .replace("POST", "PUT")
                            .getBytes(ISO_8859_1));
            Response response = RawHttp.read(socket);
            assertThat(response.status()).isEqualTo(405);
            assertThat(response.header("Allow")).isEqualTo("POST");
        }
        assertOthersAreAnswered();
    }

    @ParameterizedTest
    @ValueSource(classes = {None.class, Handler.class})
    void fewBodiesAreReadAtATimeAndNotForLong(Class<?> handlers) throws Exception {
        start(handlers);
        List<Socket> first = List.of(begin(PATH, 1000, PLAUSIBLE), begin(PATH, 1000, PLAUSIBLE));

        await().untilAsserted(() -> {
            Response third = RawHttp.read(begin(PATH, 1000, PLAUSIBLE));
            assertThat(third.status()).isEqualTo(503);
            assertThat(third.header("Retry-After")).isEqualTo("1");
        });
        assertOthersAreAnswered();
        for (Socket socket : first) {
            assertThat(RawHttp.read(socket).status()).isEqualTo(408);
        }
        byte[] body = RawHttp.webhook();
        assertThat(RawHttp.post(port(), PATH, body, RawHttp.sign(body)).status())
                .isLessThan(300);
        assertConnectionsEnd();
    }

    @ParameterizedTest
    @ValueSource(classes = {None.class, Handler.class, StubbornFilter.class})
    void aBodyThatTricklesInIsRefusedInTime(Class<?> handlers) throws Exception {
        start(handlers);
        Socket socket = begin(PATH, 1000, PLAUSIBLE);
        Instant begun = Instant.now();

        trickle(socket, 900);

        assertThat(RawHttp.read(socket).status()).isEqualTo(408);
        assertThat(Duration.between(begun, Instant.now())).isBetween(Duration.ofMillis(500), Duration.ofSeconds(4));
        assertOthersAreAnswered();
    }

    /** Sends a byte each 50 ms until the server stops reading, without a sleeping thread. */
    private static void trickle(Socket socket, int bytes) throws IOException {
        OutputStream output = socket.getOutputStream();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "trickle");
            thread.setDaemon(true);
            return thread;
        });
        int[] sent = {0};
        clock.scheduleAtFixedRate(
                () -> {
                    try {
                        output.write('x');
                    } catch (IOException ex) {
                        clock.shutdown();
                    }
                    if (++sent[0] == bytes) {
                        clock.shutdown();
                    }
                },
                50,
                50,
                TimeUnit.MILLISECONDS);
    }

    @ParameterizedTest
    @ValueSource(classes = {None.class, Handler.class, StubbornFilter.class})
    void aSignedBodyMayArriveInPieces(Class<?> handlers) throws Exception {
        start(handlers, "--lattestream.webhook.read-timeout=20s");
        byte[] body = RawHttp.webhook();
        Socket socket = RawHttp.open(port());
        sockets.add(socket);
        socket.getOutputStream().write(RawHttp.head(PATH, body.length, RawHttp.sign(body)));
        for (byte each : body) {
            socket.getOutputStream().write(each);
        }
        assertThat(RawHttp.read(socket).status()).isIn(200, 204);
        assertThat(application.getBean(Application.Listener.class).requests)
                .as("as with a body that arrives at once")
                .containsExactly(PATH);
        // the connection can be used again
        byte[] second = RawHttp.webhook();
        socket.getOutputStream().write(RawHttp.head(PATH, second.length, RawHttp.sign(second)));
        socket.getOutputStream().write(second);
        assertThat(RawHttp.read(socket).status()).isIn(200, 204);
    }

    @ParameterizedTest
    @ValueSource(classes = {None.class, Handler.class})
    void anEndlessBodyIsRefusedAndTheConnectionClosed(Class<?> handlers) throws Exception {
        start(handlers, "--lattestream.webhook.max-body-size=1KB");
        Socket socket = RawHttp.open(port());
        sockets.add(socket);
        OutputStream output = socket.getOutputStream();
        output.write(("POST " + PATH + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                        + "X-LatteStream-Signature: " + PLAUSIBLE + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        byte[] chunk = ("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(ISO_8859_1);
        output.write(chunk);
        output.write(chunk);
        assertThat(RawHttp.read(socket).status()).isEqualTo(413);
        await().until(() -> {
            try {
                output.write(chunk);
                return false;
            } catch (SocketException ex) {
                return true;
            }
        });
        byte[] body = RawHttp.webhook();
        assertThat(RawHttp.post(port(), PATH, body, RawHttp.sign(body)).status())
                .as("what was refused does not count any more")
                .isLessThan(300);
    }

    @Test
    void clientsThatGoAwayDoNotCountAnyMore() throws Exception {
        // on Jetty, Spring WebFlux does not learn that a client has gone away with its first packets
        String readTimeout = stack == Stack.REACTIVE_ON_JETTY ? "2s" : "1m";
        start(None.class, "--lattestream.webhook.read-timeout=" + readTimeout);
        for (int i = 0; i < 2; i++) {
            begin(PATH, 1000, PLAUSIBLE).close();
        }
        await().untilAsserted(() -> {
            byte[] body = RawHttp.webhook();
            assertThat(RawHttp.post(port(), PATH, body, RawHttp.sign(body)).status())
                    .isEqualTo(204);
        });
    }

    @Test
    void aRequestThatIsRefusedByTheHandlersGuardIsNotAwaitedEither() throws Exception {
        start(Handler.class);
        for (int i = 0; i < 8; i++) {
            assertThat(RawHttp.read(begin(PATH + "/below", 1_000_000, PLAUSIBLE))
                            .status())
                    .isEqualTo(401);
        }
        assertOthersAreAnswered();
    }

    private void assertConnectionsEnd() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            for (Socket socket : sockets) {
                assertThat(isClosedByServer(socket)).isTrue();
            }
        });
    }

    private static boolean isClosedByServer(Socket socket) throws IOException {
        try {
            socket.setSoTimeout(100);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException ex) {
            return false;
        } catch (SocketException ex) {
            return true;
        }
    }

    static class None {}

    @RestController
    static class Handler {

        @PostMapping(PATH + "/**")
        String webhook(@RequestBody byte[] body) {
            return new String(body, UTF_8);
        }
    }

    /** Wraps requests as applications do: reading is only possible by blocking. */
    @Configuration(proxyBeanMethods = false)
    static class StubbornFilter {

        @Bean
        FilterRegistrationBean<Filter> stubborn() {
            FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) ->
                    chain.doFilter(new StubbornRequest((HttpServletRequest) request), response));
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
            filter.setAsyncSupported(true);
            return filter;
        }
    }

    private static final class StubbornRequest extends HttpServletRequestWrapper {

        private StubbornRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream input = super.getInputStream();
            return new ServletInputStream() {
                @Override
                public int read() throws IOException {
                    return input.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    return input.read(target, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return input.isFinished();
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException();
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Application.Listener.class, Stack.Open.class})
    static class Application {

        static class Listener {

            final List<String> requests = new CopyOnWriteArrayList<>();

            @EventListener
            void on(WebhookPayload payload) {
                // on the other stack no listener has the request
                requests.add(
                        RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                                ? attributes.getRequest().getRequestURI()
                                : PATH);
            }
        }

        @RestController
        static class Other {

            @GetMapping("/other")
            String other() {
                return "other";
            }
        }
    }
}
