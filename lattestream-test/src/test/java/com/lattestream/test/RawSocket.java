package com.lattestream.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;

/**
 * A WebSocket at the level of bytes. The JDK client occasionally does not detect a connection that was closed without a
 * close frame.
 */
final class RawSocket implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final Socket socket;

    /** Opens a socket, sends the key and waits until it is admitted. */
    RawSocket(EmbeddedLatteStreamServer engine) throws IOException {
        socket = new Socket("localhost", engine.port());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        send(("GET /?discovery_token=" + TestSocket.discoveryToken(engine) + " HTTP/1.1\r\nHost: " + engine.endpoint()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(UTF_8));
        readUntil("\r\n\r\n");
        byte[] key = ("{\"api_key\":\"" + engine.publicKey() + "\"}").getBytes(UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        // masked, as required for clients, with zeros
        frame.write(0x80 | key.length);
        frame.writeBytes(new byte[4]);
        frame.writeBytes(key);
        send(frame.toByteArray());
        readUntil("}}");
    }

    private void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    private void readUntil(String end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after " + read);
            }
            read.append((char) next);
        }
    }

    /** Returns the next byte; -1 if the connection has ended. */
    int read() throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException ex) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
