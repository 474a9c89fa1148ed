package com.lattestream.samples.benchmark.web.server;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Measures the floor, without the starter: requests have the same bodies, and responses the same form. */
@RestController
class FloorController {

    private static final Map<String, String> AUTHORIZATION = Map.of("auth", "123.456:" + "0".repeat(64));

    @PostMapping("/floor/auth")
    Map<String, String> auth(@RequestBody Map<String, String> subscription) {
        if (subscription.size() != 2) {
            throw new IllegalArgumentException("Not a subscription: " + subscription);
        }
        return AUTHORIZATION;
    }

    @PostMapping("/floor/webhooks")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void webhook(@RequestBody byte[] body) {
        if (body.length == 0) {
            throw new IllegalArgumentException("Not a webhook");
        }
    }

    /** Returns whether requests run on virtual threads, and the name of the thread. */
    @PostMapping("/floor/thread")
    Map<String, String> thread(@RequestBody byte[] body) {
        Thread thread = Thread.currentThread();
        return Map.of("text", thread.toString(), "bytes", String.valueOf(body.length));
    }
}
