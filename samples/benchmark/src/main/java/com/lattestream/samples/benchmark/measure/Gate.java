package com.lattestream.samples.benchmark.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A proxy in front of the sink that can be shut. It then still accepts connections, but holds back their data. */
final class Gate implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Gate.class);

    private final int sinkPort;

    private final ServerSocket server;

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private boolean open = true;

    /**
     * Opens a gate.
     * @param sinkPort the port of the sink
     */
    Gate(int sinkPort) {
        this.sinkPort = sinkPort;
        try {
            this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        start(this::accept);
    }

    /** Returns the port to which clients connect instead of the sink's. */
    int port() {
        return server.getLocalPort();
    }

    synchronized void shut() {
        open = false;
    }

    synchronized void open() {
        open = true;
        notifyAll();
    }

    private synchronized void awaitOpen() throws InterruptedException {
        while (!open) {
            wait();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                Socket sink = new Socket(InetAddress.getLoopbackAddress(), sinkPort);
                client.setTcpNoDelay(true);
                sink.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(sink);
                start(() -> carry(client, sink));
                start(() -> carry(sink, client));
            }
        } catch (IOException ex) {
            logger.debug("Nobody comes any more", ex);
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitOpen();
                out.write(buffer, 0, count);
            }
        } catch (IOException ex) {
            logger.debug("One side has gone, and the other goes with it", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "gate");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        open();
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
