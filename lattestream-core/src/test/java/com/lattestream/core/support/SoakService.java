package com.lattestream.core.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A service that fails a tenth of the requests, and remembers which events it has seen, and in which order. The data of
 * an event begins with its number on its channel.
 */
public final class SoakService implements AutoCloseable {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private static final int[] STATUSES = {408, 425, 429, 500, 502, 503, 504};

    // the number of requests after which new connections are refused for a while
    private static final int REQUESTS_BETWEEN_ABSENCES = 2000;

    private static final long ABSENCE_MILLIS = 100;

    private final Random random;

    private final InetSocketAddress address;

    private final AtomicLong requests = new AtomicLong();

    private final AtomicLong faults = new AtomicLong();

    private final SeenEvents events = new SeenEvents();

    private volatile ServerSocket server;

    private final CountDownLatch closed = new CountDownLatch(1);

    /** The faults, and whether the events count as seen. */
    private enum Fault {
        RESET_BEFORE_THE_REQUEST_IS_READ(false),
        RESET_AFTER_THE_REQUEST_IS_READ(false),
        RESET_AFTER_THE_EVENTS_ARE_TAKEN(true),
        TRUNCATED_HEAD(true),
        GARBAGE(true),
        NO_ANSWER(true),
        NOT_TAKEN_AND_NO_ANSWER(false),
        TRUNCATED_BODY(true),
        STALLING_BODY(true),
        GARBAGE_BODY(true),
        STATUS(false),
        RETRY_AFTER(false),
        CLOSED_WHILE_IDLE(true);

        private final boolean seen;

        Fault(boolean seen) {
            this.seen = seen;
        }
    }

    public SoakService(Random random) throws IOException {
        this.random = random;
        this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        this.address = (InetSocketAddress) server.getLocalSocketAddress();
        start(this::accept);
    }

    public String endpoint() {
        return "localhost:" + address.getPort();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "soak-service");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                Socket socket = server.accept();
                start(() -> serve(socket));
            } catch (IOException ex) {
                comeBack();
            }
        }
    }

    // after an absence, or after it was closed for good
    private void comeBack() {
        while (server.isClosed()) {
            try {
                if (closed.await(ABSENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                ServerSocket again = new ServerSocket();
                again.setReuseAddress(true);
                again.bind(address, 100);
                server = again;
            } catch (IOException | InterruptedException ex) {
                // the port is still in use: retry
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            while (exchange(socket, in)) {
                if (requests.get() % REQUESTS_BETWEEN_ABSENCES == 0) {
                    server.close();
                }
            }
        } catch (IOException ex) {
            // the client has given up, or this was on purpose
        }
    }

    private boolean exchange(Socket socket, InputStream in) throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return false;
        }
        in.reset();
        requests.incrementAndGet();
        Fault fault = nextFault();
        if (fault == Fault.RESET_BEFORE_THE_REQUEST_IS_READ) {
            return reset(socket);
        }
        byte[] body = RequestBody.read(in);
        if (fault == null || fault.seen) {
            events.see(body);
        }
        return fault == null ? send(socket, OK) : fail(fault, socket);
    }

    private Fault nextFault() {
        synchronized (random) {
            if (random.nextInt(10) != 0) {
                return null;
            }
            faults.incrementAndGet();
            return Fault.values()[random.nextInt(Fault.values().length)];
        }
    }

    private boolean fail(Fault fault, Socket socket) throws IOException {
        return switch (fault) {
            case RESET_BEFORE_THE_REQUEST_IS_READ, RESET_AFTER_THE_REQUEST_IS_READ, RESET_AFTER_THE_EVENTS_ARE_TAKEN ->
                reset(socket);
            case TRUNCATED_HEAD -> sendAndClose(socket, "HTTP/1.1 20");
            case GARBAGE -> sendAndClose(socket, "SSH-2.0-OpenSSH_9.2\r\n\r\n");
            // no further bytes until the client gives up
            case NO_ANSWER, NOT_TAKEN_AND_NO_ANSWER -> true;
            case TRUNCATED_BODY -> sendAndClose(socket, OK.substring(0, OK.length() - 1));
            case STALLING_BODY -> send(socket, OK.substring(0, OK.length() - 1));
            case GARBAGE_BODY -> send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<x>\0");
            case STATUS -> send(socket, status(""));
            case RETRY_AFTER -> send(socket, status("Retry-After: 0\r\n"));
            case CLOSED_WHILE_IDLE -> sendAndClose(socket, OK);
        };
    }

    private String status(String header) {
        synchronized (random) {
            return "HTTP/1.1 " + STATUSES[random.nextInt(STATUSES.length)] + " No\r\n" + header
                    + "Content-Length: 0\r\n\r\n";
        }
    }

    private static boolean send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        return true;
    }

    private static boolean sendAndClose(Socket socket, String text) throws IOException {
        send(socket, text);
        return false;
    }

    private static boolean reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        return false;
    }

    /** Returns the events that were seen. */
    public SeenEvents events() {
        return events;
    }

    public long requests() {
        return requests.get();
    }

    public long faults() {
        return faults.get();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
    }
}
