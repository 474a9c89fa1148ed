package com.lattestream.samples.chat.browser;

import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of the chat.
 *
 * @param hosts Host names under which the chat is reached, besides localhost and IP addresses.
 */
@ConfigurationProperties("chat")
public record ChatProperties(@DefaultValue Set<String> hosts) {

    private static final Pattern LOCALHOST_OR_IP_ADDRESS = Pattern.compile("localhost|[0-9.]+|\\[[0-9a-fA-F:.%]+]");

    /**
     * Whether the chat is reached under a host name.
     * @param host a host name or an IP address, from a request
     * @return whether requests to this host are accepted
     */
    public boolean isOwnHost(String host) {
        return LOCALHOST_OR_IP_ADDRESS.matcher(host).matches() || hosts.contains(host);
    }
}
