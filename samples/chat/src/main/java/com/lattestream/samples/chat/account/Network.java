package com.lattestream.samples.chat.account;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The network that a request came from: an IPv4 address, or the first 64 bits of an IPv6 address, because one
 * subscriber can use all addresses that begin with them.
 */
record Network(String prefix) {

    private static final int PREFIX_BYTES = 8;

    private static final Network UNKNOWN = new Network("unknown");

    static Network of(@Nullable String address) {
        if (address == null) {
            return UNKNOWN;
        }
        if (!address.contains(":")) {
            return new Network(address);
        }
        try {
            // in brackets, the text is never looked up in DNS
            byte[] bytes = InetAddress.getByName("[" + address + "]").getAddress();
            return new Network(HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, PREFIX_BYTES)));
        } catch (UnknownHostException ex) {
            return UNKNOWN;
        }
    }
}
