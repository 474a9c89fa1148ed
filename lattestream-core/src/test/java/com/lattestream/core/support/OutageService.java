package com.lattestream.core.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A service on a real socket that can be unavailable in several ways, and that remembers the events it has received. */
public final class OutageService implements AutoCloseable {

    /** The behavior of the service. */
    public enum Mode {
        /** It works. */
        UP,
        /** Its port is closed. */
        REFUSED,
        /** It accepts connections and requests and never responds, not even after its return. */
        SILENT,
        /** It responds with the status 503. */
        UNAVAILABLE,
        /** It resets each connection after it has received the request. */
        RESETS
    }

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private static final String UNAVAILABLE = "HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n";

    private final InetSocketAddress address;

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private final SeenEvents events = new SeenEvents();

    private final AtomicLong requests = new AtomicLong();

    private volatile Mode mode = Mode.UP;

    private ServerSocket server;

    public OutageService() throws IOException {
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        address = (InetSocketAddress) server.getLocalSocketAddress();
        accept(server);
    }

    public int port() {
        return address.getPort();
    }

    public String endpoint() {
        return "localhost:" + port();
    }

    /** Returns the events that were received while the service was {@link Mode#UP}. */
    public SeenEvents events() {
        return events;
    }

    /** Returns the number of requests that were received, in all modes. */
    public long requests() {
        return requests.get();
    }

    /** Changes the behavior of the service. */
    public synchronized void mode(Mode changed) throws IOException {
        mode = changed;
        if (changed == Mode.REFUSED) {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } else if (server.isClosed()) {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(address, 200);
            accept(server);
        }
    }

    private void accept(ServerSocket accepting) {
        start(() -> {
            while (!accepting.isClosed()) {
                try {
                    Socket socket = accepting.accept();
                    sockets.add(socket);
                    start(() -> serve(socket));
                } catch (IOException ex) {
                    // closed on purpose; a new socket has a thread of its own
                    return;
                }
            }
        });
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            boolean silent = false;
            while (true) {
                byte[] body = RequestBody.read(in);
                requests.incrementAndGet();
                Mode now = mode;
                silent |= now == Mode.SILENT;
                if (silent) {
                    continue;
                }
                if (now == Mode.RESETS) {
                    socket.setSoLinger(true, 0);
                    return;
                }
                if (now == Mode.UP && body.length > 0) {
                    events.see(body);
                }
                socket.getOutputStream().write((now == Mode.UP ? OK : UNAVAILABLE).getBytes(ISO_8859_1));
            }
        } catch (IOException ex) {
            // the client, or this service on purpose, has closed the connection
        } finally {
            sockets.remove(socket);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(null, task, "outage-service", 256 * 1024);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
