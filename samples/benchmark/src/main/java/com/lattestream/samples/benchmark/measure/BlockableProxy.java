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

/** A proxy in front of the sink that can be blocked. It then still accepts connections, but does not forward their data. */
final class BlockableProxy implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(BlockableProxy.class);

    private final int sinkPort;

    private final ServerSocket server;

    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private boolean blocked;

    /**
     * Starts a proxy.
     * @param sinkPort the port of the sink
     */
    BlockableProxy(int sinkPort) {
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

    synchronized void block() {
        blocked = true;
    }

    synchronized void unblock() {
        blocked = false;
        notifyAll();
    }

    private synchronized void awaitUnblocked() throws InterruptedException {
        while (blocked) {
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
                start(() -> forward(client, sink));
                start(() -> forward(sink, client));
            }
        } catch (IOException ex) {
            logger.debug("The proxy no longer accepts connections", ex);
        }
    }

    private void forward(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitUnblocked();
                out.write(buffer, 0, count);
            }
        } catch (IOException ex) {
            logger.debug("A connection was closed; the other side is closed as well", ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        unblock();
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
