package com.lattestream.core.support;

import java.io.IOException;
import java.io.InputStream;

/** The body of an HTTP request that a test service reads from its socket. */
final class RequestBody {

    private RequestBody() {}

    /** Reads a request, and returns its body. */
    static byte[] read(InputStream in) throws IOException {
        int length = 0;
        String line = readLine(in);
        while (!line.isEmpty()) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            line = readLine(in);
        }
        return in.readNBytes(length);
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(80);
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new IOException("the client has closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
            next = in.read();
        }
        return line.toString();
    }
}
