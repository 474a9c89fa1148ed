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
 * What a page is told first. The secret is not part of it.
 *
 * @param run names this engine among those that were on the same port before
 * @param token what the page shows when it wants something changed
 * @param publicKey what browsers connect with
 * @param bindAddress where the engine listens
 * @param webhookUrl where webhooks go, if anywhere
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
                .put("maxEntries", History.MAX_ENTRIES);
        webhookUrl.get().ifPresent(url -> json.put("webhookUrl", WebhookSender.shown(url)));
        return json.toString();
    }

    /** Does not show the token. */
    @Override
    public String toString() {
        return "ConsoleGreeting[" + run + "]";
    }
}
