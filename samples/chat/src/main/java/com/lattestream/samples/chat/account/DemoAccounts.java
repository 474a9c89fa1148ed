package com.lattestream.samples.chat.account;

import com.lattestream.test.EmbeddedLatteStreamServer;
import java.net.InetAddress;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/**
 * The demo accounts. Their password is public, so they exist only while the local engine replaces the service and no
 * other machine can reach the chat.
 */
@Component
public class DemoAccounts {

    private static final String PASSWORD = "latte";

    private final List<String> names;

    DemoAccounts(Accounts accounts, ObjectProvider<EmbeddedLatteStreamServer> engine, ServerProperties server) {
        InetAddress address = server.getAddress();
        if (engine.getIfAvailable() != null && address != null && address.isLoopbackAddress()) {
            accounts.open("Alice", PASSWORD, "USER", "OPERATOR");
            accounts.open("Bob", PASSWORD, "USER");
            this.names = List.of("Alice", "Bob");
        } else {
            this.names = List.of();
        }
    }

    /**
     * Returns the names of the demo accounts.
     * @return the names, empty if there are no demo accounts
     */
    public List<String> names() {
        return names;
    }
}
