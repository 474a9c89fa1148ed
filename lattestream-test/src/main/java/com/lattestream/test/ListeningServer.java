package com.lattestream.test;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a Jetty server on one address. Its threads do not prevent the JVM from exiting. */
final class ListeningServer {

    private static final String NAME = "lattestream-engine";

    private static final int MAX_THREADS = 64;

    private static final int MIN_THREADS = 4;

    // thousands of clients may reconnect at the same time
    private static final int ACCEPT_QUEUE = 4096;

    private static final Logger log = LoggerFactory.getLogger(ListeningServer.class);

    private final Server server;

    private final ServerConnector connector;

    ListeningServer(InetAddress address, int port) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName(NAME);
        threads.setDaemon(true);
        server = new Server(threads, new ScheduledExecutorScheduler(NAME + "-timer", true), new ArrayByteBufferPool());
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // names of channels and users may contain any character; paths are parsed as sent, and never map to files
        http.setUriCompliance(UriCompliance.UNSAFE);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(address.getHostAddress());
        connector.setPort(port);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        server.addConnector(connector);
    }

    /** Returns the server, whose handlers must be set before it is started. */
    Server server() {
        return server;
    }

    int port() {
        return connector.getLocalPort();
    }

    void start() {
        try {
            server.start();
        } catch (Exception ex) {
            stop();
            throw new IllegalStateException(reason(ex), ex);
        }
    }

    void stop() {
        try {
            server.stop();
        } catch (Exception ex) {
            // the server is stopped nevertheless; remaining connections were aborted
            log.debug("The local engine did not stop cleanly; remaining connections are aborted", ex);
        } finally {
            server.destroy();
        }
    }

    private String reason(Exception ex) {
        boolean refused =
                ex instanceof BindException || (ex instanceof IOException && ex.getCause() instanceof BindException);
        if (!refused) {
            return "The local engine could not start on port " + connector.getPort();
        }
        return isLocalAddress()
                ? "Port " + connector.getPort() + " is in use: choose another port, or 0 for any free port"
                : "The local engine cannot listen on " + connector.getHost() + ": not an address of this machine";
    }

    private boolean isLocalAddress() {
        try {
            InetAddress address = InetAddress.getByName(connector.getHost());
            return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException ex) {
            return false;
        }
    }
}
