package com.lattestream.core.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that misbehaves on its socket in ways in which no HTTP server does. */
public final class FaultyService implements AutoCloseable {

    private final ServerSocket server;

    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private final AtomicInteger received = new AtomicInteger();

    private final Fault[] faults;

    private final String greeting;

    /** The fault of one request, after it was read. */
    @FunctionalInterface
    public interface Fault {

        void happen(Socket socket, OutputStream out) throws IOException;

        /** Sends this text, and then ends the connection. */
        static Fault sendAndClose(String text) {
            return (socket, out) -> {
                out.write(text.getBytes(ISO_8859_1));
                out.flush();
                socket.close();
            };
        }

        /** Sends this text, and then nothing more. */
        static Fault sendAndStall(String text) {
            return (socket, out) -> {
                out.write(text.getBytes(ISO_8859_1));
                out.flush();
            };
        }

        /** Sends this text, and then the same again and again. */
        static Fault sendForEver(String text, String more) {
            return (socket, out) -> {
                out.write(text.getBytes(ISO_8859_1));
                while (true) {
                    out.write(more.getBytes(ISO_8859_1));
                }
            };
        }

        /** Sends RST. */
        static Fault reset() {
            return (socket, out) -> {
                socket.setSoLinger(true, 0);
                socket.close();
            };
        }
    }

    /** Each request, on any connection, has the next fault. The last fault is repeated. */
    public FaultyService(Fault... faults) {
        this("", 0, faults);
    }

    private FaultyService(String greeting, int port, Fault... faults) {
        this.greeting = greeting;
        this.faults = faults;
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        start(this::accept);
    }

    /** Starts a service on the address of an earlier one. */
    public static FaultyService at(String endpoint, Fault... faults) throws IOException {
        return new FaultyService("", Integer.parseInt(endpoint.substring(endpoint.indexOf(':') + 1)), faults);
    }

    /** Sends this text to each new connection before a request, and nothing afterwards. */
    public static FaultyService greeting(String greeting) {
        return new FaultyService(greeting, 0, Fault.sendAndClose(""));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            } catch (IOException ex) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(ex);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try {
            if (!greeting.isEmpty()) {
                socket.getOutputStream().write(greeting.getBytes(ISO_8859_1));
                socket.shutdownOutput();
            }
            while (readRequest(socket.getInputStream())) {
                int number = received.getAndIncrement();
                faults[Math.min(number, faults.length - 1)].happen(socket, socket.getOutputStream());
            }
        } catch (IOException ex) {
            // the other side, or this one on purpose, has closed the socket
            sockets.remove(socket);
        }
    }

    private static boolean readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        for (String line : head.toString().split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                in.skipNBytes(Long.parseLong(line.substring(15).strip()));
            }
        }
        return true;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "faulty-service");
        thread.setDaemon(true);
        thread.start();
    }

    public String endpoint() {
        return "localhost:" + server.getLocalPort();
    }

    /** Returns the number of requests that were read. */
    public int received() {
        return received.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
