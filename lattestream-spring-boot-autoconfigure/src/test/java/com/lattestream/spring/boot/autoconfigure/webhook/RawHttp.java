package com.lattestream.spring.boot.autoconfigure.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.crypto.WebhookSigner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Requests that are sent exactly as written: no client normalizes the target, and a body may stop anywhere. */
final class RawHttp {

    static final String SECRET = "lsk_test_of_webhooks";

    static final String PATH = "/webhooks/lattestream";

    private static final int TIMEOUT_MILLIS = 30_000;

    private static final AtomicLong numbers = new AtomicLong();

    private RawHttp() {}

    static int port(ConfigurableApplicationContext application) {
        return ((WebServerApplicationContext) application).getWebServer().getPort();
    }

    /** Returns a webhook that no other call returns. */
    static byte[] webhook() {
        return ("{\"time_ms\":" + System.currentTimeMillis() + ",\"number\":" + numbers.incrementAndGet()
                        + ",\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"chat\"}]}")
                .getBytes(UTF_8);
    }

    static String sign(byte[] body) {
        return new WebhookSigner(SECRET).sign(body);
    }

    /** Sends a whole request. */
    static Response post(int port, String target, byte[] body, @Nullable String signature) throws IOException {
        try (Socket socket = open(port)) {
            // in one piece, as it arrives from a client that has the whole body
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.write(head(target, body.length, signature));
            whole.write(body);
            socket.getOutputStream().write(whole.toByteArray());
            return read(socket);
        }
    }

    static Socket open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    static byte[] head(String target, int length, @Nullable String signature) {
        return ("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + length + "\r\n"
                        + (signature == null ? "" : "X-LatteStream-Signature: " + signature + "\r\n")
                        + "\r\n")
                .getBytes(ISO_8859_1);
    }

    /** Reads a response, whose length is announced or whose connection ends. */
    static Response read(Socket socket) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                bytes.write(next);
                Response response = new Response(bytes.toString(ISO_8859_1));
                if (response.isComplete()) {
                    return response;
                }
            }
        } catch (SocketException ex) {
            // the server closes a connection on which the client is still sending
        }
        return new Response(bytes.toString(ISO_8859_1));
    }

    /** A response. */
    record Response(String text) {

        int status() {
            return text.isEmpty() ? -1 : Integer.parseInt(text.split(" ", 3)[1]);
        }

        String body() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? "" : text.substring(end + 4);
        }

        @Nullable String header(String name) {
            return text.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).trim())
                    .findFirst()
                    .orElse(null);
        }

        private boolean isComplete() {
            if (!text.contains("\r\n\r\n")) {
                return false;
            }
            String length = header("Content-Length");
            return status() == 204
                    || (length != null && body().length() >= Integer.parseInt(length))
                    || (header("Transfer-Encoding") != null && body().endsWith("0\r\n\r\n"));
        }
    }
}
