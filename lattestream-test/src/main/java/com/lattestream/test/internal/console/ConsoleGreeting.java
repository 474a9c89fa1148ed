package com.lattestream.test.internal.console;

import com.lattestream.test.internal.webhook.WebhookSender;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * First message to a page. Does not contain the secret.
 *
 * @param run id of this engine, which distinguishes it from earlier engines on the same port
 * @param token token that the page sends with modifying requests
 * @param publicKey public key for browsers
 * @param bindAddress address that the engine listens on
 * @param webhookUrl returns the webhook URL, if set
 */
record ConsoleGreeting(
        String run, String token, String publicKey, InetAddress bindAddress, Supplier<Optional<URI>> webhookUrl) {

    String json(Request request) {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("run", run)
                .put("token", token)
                .put("publicKey", publicKey)
                .put("address", bindAddress.getHostAddress())
                .put("port", Request.getLocalPort(request))
                .put("loopback", bindAddress.isLoopbackAddress())
                .put("maxEntries", EntryLog.MAX_ENTRIES);
        webhookUrl.get().ifPresent(url -> json.put("webhookUrl", WebhookSender.redacted(url)));
        return json.toString();
    }

    /** Returns a text without the token. */
    @Override
    public String toString() {
        return "ConsoleGreeting[" + run + "]";
    }
}
