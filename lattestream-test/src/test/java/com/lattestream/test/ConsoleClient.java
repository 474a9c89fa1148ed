package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends requests to the console, as the page or as an attacker: with any headers, including Host. */
final class ConsoleClient {

    record Response(int status, String head, String body) {}

    private final EmbeddedLatteStreamServer engine;

    private final Map<String, String> headers = new LinkedHashMap<>();

    ConsoleClient(EmbeddedLatteStreamServer engine) {
        this.engine = engine;
        headers.put("Host", engine.endpoint());
        headers.put("Connection", "close");
    }

    /** Creates a client with the headers that the page sends with its form. */
    static ConsoleClient form(EmbeddedLatteStreamServer engine) {
        try (ConsoleStream stream = ConsoleStream.open(engine)) {
            return new ConsoleClient(engine)
                    .header("Origin", "http://" + engine.endpoint())
                    .header("Content-Type", "application/json")
                    .header(
                            "X-LatteStream-Console",
                            stream.next("hello").path("token").stringValue());
        }
    }

    ConsoleClient header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    ConsoleClient without(String name) {
        headers.remove(name);
        return this;
    }

    Response get(String path) {
        return send("GET", path, "");
    }

    Response trigger(String channel, String event, String data) {
        return trigger(SignedCall.json()
                .put("channel", channel)
                .put("event", event)
                .put("data", data)
                .toString());
    }

    Response trigger(String body) {
        return send("POST", "/console/trigger", body);
    }

    Response send(String method, String path, String body) {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        request.append("Content-Length: ").append(body.getBytes(UTF_8).length).append("\r\n\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), engine.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.append(body).toString().getBytes(UTF_8));
            String[] response = new String(socket.getInputStream().readAllBytes(), UTF_8).split("\r\n\r\n", 2);
            return new Response(Integer.parseInt(response[0].substring(9, 12)), response[0], response[1]);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
