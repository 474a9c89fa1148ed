package com.lattestream.samples.benchmark.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.samples.benchmark.contestant.Workload;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/** The bodies of requests. */
enum Body {
    /** Requests the authorization of a channel whose authorizer decides immediately. */
    PLAIN("private-plain-"),

    /** Requests the authorization of a channel whose authorizer returns a completed {@code Mono}. */
    MONO("private-mono-"),

    /** Requests the authorization of a channel whose authorizer blocks its thread for 5 milliseconds. */
    WAITING("private-waiting-"),

    /**
     * Requests the authorization of a channel whose authorizer returns a {@code Mono} that completes after 5
     * milliseconds.
     */
    DELAYED("private-delayed-"),

    /** A signed webhook, each with a different body, so that no webhook is a replay. */
    WEBHOOK("");

    private static final WebhookSigner signer = new WebhookSigner(Workload.SECRET);

    private final String channel;

    Body(String channel) {
        this.channel = channel;
    }

    /**
     * Creates a request.
     * @param number a number that no other request to the same server has
     * @return its body and the headers that belong to it
     */
    Message message(int number) {
        if (this == WEBHOOK) {
            byte[] bytes = ("{\"time_ms\":" + System.currentTimeMillis()
                            + ",\"events\":[{\"name\":\"channel_occupied\",\"channel\":\"chat-room-" + number + "\"}]}")
                    .getBytes(UTF_8);
            return new Message(bytes, List.of(new BasicHeader("X-LatteStream-Signature", signer.sign(bytes))));
        }
        String json = "{\"socket_id\":\"123.456\",\"channel_name\":\"" + channel(number) + "\"}";
        return new Message(json.getBytes(UTF_8), List.of());
    }

    /** Returns the channel of the request with this number. */
    String channel(int number) {
        return channel + number;
    }

    record Message(byte[] bytes, List<Header> headers) {}
}
