package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.testsupport.Chromium;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.chrome.ChromeDriver;

/** Pages with foreign host names in Chromium, and the engine under such a name. */
class ForeignPageBrowserIT {

    private static final Chromium chromium = Chromium.ofSize(1280, 940);

    private static ChromeDriver browser;

    private static HttpServer pages;

    private EmbeddedLatteStreamServer engine;

    @BeforeAll
    static void openBrowser() throws IOException {
        Chromium.assumeInstalled();
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.createContext("/", exchange -> {
            byte[] page = "<!doctype html><title>A page</title>".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        pages.start();
        // emulates a DNS server that is controlled by the owner of the page
        browser = chromium.start("--host-resolver-rules=MAP *.example 127.0.0.1, MAP app.localhost 127.0.0.1");
        browser.manage().timeouts().scriptTimeout(Duration.ofSeconds(20));
    }

    @AfterAll
    static void closeBrowser() {
        chromium.close();
        if (pages != null) {
            pages.stop(0);
        }
    }

    @BeforeEach
    void start() {
        engine = EmbeddedLatteStreamServer.builder()
                .allowedOrigins("http://allowed.example:" + pages.getAddress().getPort())
                .start();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example"})
    void foreignPageCannotDiscoverCallOrConnect(String host) {
        open(host);

        assertThat(discover(engine.endpoint())).isEqualTo("TypeError: Failed to fetch");
        assertThat(call(engine.endpoint())).isEqualTo("TypeError: Failed to fetch");
        assertThat(connect(engine.endpoint(), TestSocket.discoveryToken(engine)))
                .isEqualTo("closed 1006");
        assertThat(image(engine.endpoint() + "/discover?api_key=" + engine.publicKey()))
                .isEqualTo("error");
        assertThat(statuses("/discover")).containsExactly(403, 200, 403);
        assertThat(statuses("/apps/token")).containsExactly(403);
        assertThat(statuses("/")).containsExactly(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "app.localhost", "allowed.example"})
    void allowedPageCanDiscoverCallAndConnect(String host) {
        open(host);

        assertThat(discover(engine.endpoint())).isEqualTo("200 discovered");
        assertThat(call(engine.endpoint())).isEqualTo("200 lspc_");
        assertThat(connect(engine.endpoint(), TestSocket.discoveryToken(engine)))
                .isEqualTo("lattestream:connection_established");
        assertThat(statuses("/apps/token")).as("a preflight and the call").containsExactly(204, 200);
    }

    /** The engine has the origin of this page, so that the browser does not restrict requests. */
    @Test
    void pageWithDnsRebindingIsRejected() {
        String rebound = "rebound.example:" + engine.port();
        browser.get("http://" + rebound + "/console");
        assertThat(browser.getPageSource()).contains("The engine accepts requests for localhost");

        assertThat(discover(rebound)).isEqualTo("403 refused");
        assertThat(call(rebound)).isEqualTo("403 refused");
        assertThat(connect(rebound, TestSocket.discoveryToken(engine))).isEqualTo("closed 1006");
        assertThat(statuses("/")).containsExactly(403);
    }

    /** Such as a page that was opened from a file, or a sandboxed one. */
    @Test
    void pageWithoutAnOriginIsRejected() {
        browser.get("data:text/html,<title>A page</title>");

        assertThat(discover(engine.endpoint())).isEqualTo("TypeError: Failed to fetch");
        assertThat(connect(engine.endpoint(), TestSocket.discoveryToken(engine)))
                .isEqualTo("closed 1006");
    }

    private static void open(String host) {
        browser.get("http://" + host + ":" + pages.getAddress().getPort() + "/");
        assertThat(browser.getTitle()).isEqualTo("A page");
    }

    private String discover(String endpoint) {
        return script("""
                const response = await fetch(`http://${endpoint}/discover?api_key=${key}`);
                const body = await response.json();
                return `${response.status} ${body.discovery_token ? "discovered" : "refused"}`;
                """, endpoint, engine.publicKey());
    }

    private String call(String endpoint) {
        return script("""
                const response = await fetch(`http://${endpoint}/apps/token`, {
                    method: "POST",
                    headers: { "Content-Type": "application/json" },
                    body: JSON.stringify({ api_key: key, socket_id: "1.2" }),
                });
                const body = await response.json();
                return `${response.status} ${body.accessToken?.slice(0, 5) ?? "refused"}`;
                """, endpoint, engine.publicKey());
    }

    private String connect(String endpoint, String token) {
        return script("""
                return await new Promise((resolve) => {
                    const socket = new WebSocket(`ws://${endpoint}?discovery_token=${token}`);
                    socket.onopen = () => socket.send(JSON.stringify({ api_key: key }));
                    socket.onmessage = (message) => resolve(JSON.parse(message.data).event);
                    socket.onclose = (closed) => resolve(`closed ${closed.code}`);
                });
                """, endpoint, engine.publicKey(), token);
    }

    private String image(String address) {
        return script("""
                return await new Promise((resolve) => {
                    const image = new Image();
                    image.onload = () => resolve("loaded");
                    image.onerror = () => resolve("error");
                    image.src = `http://${endpoint}`;
                });
                """, address, engine.publicKey());
    }

    private static String script(String body, Object... arguments) {
        return String.valueOf(browser.executeAsyncScript(
                "const [endpoint, key, token] = arguments; const done = arguments[arguments.length - 1];"
                        + "(async () => {" + body + "})().then(done, (error) => done(String(error)));",
                arguments));
    }

    private List<Integer> statuses(String path) {
        return engine.requests().stream()
                .filter(request -> request.path().equals(path))
                .map(ReceivedRequest::status)
                .toList();
    }
}
