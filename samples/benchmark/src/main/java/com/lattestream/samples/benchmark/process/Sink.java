package com.lattestream.samples.benchmark.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/** Replaces the service with nginx in a process of its own, which reads each request and responds immediately. */
public final class Sink implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String CONFIGURATION = """
            worker_processes 1;
            daemon off;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events { worker_connections 4096; }
            http {
                access_log off;
                keepalive_requests 1000000000;
                keepalive_timeout 1h;
                client_max_body_size 0;
                client_body_buffer_size 2m;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                default_type application/json;
                server {
                    listen 127.0.0.1:%2$d backlog=1024;
                    location / { return 200 "{}"; }
                    location = /auth { return 200 '{"auth":"lspc_benchmark"}'; }
                }
            }
            """;

    private final Process nginx;

    private final Path directory;

    private final int port;

    private Sink(Process nginx, Path directory, int port) {
        this.nginx = nginx;
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts nginx on a free port of the loopback interface.
     * @return the sink, which accepts requests
     * @throws IllegalStateException if nginx is not installed or does not start
     */
    public static Sink start() {
        try {
            Path directory = Files.createTempDirectory("benchmark-sink");
            int port = freePort();
            Path configuration = directory.resolve("nginx.conf");
            Files.writeString(configuration, CONFIGURATION.formatted(directory, port));
            Process nginx = new ProcessBuilder(
                            Programs.path("nginx"), "-p", directory.toString(), "-c", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output").toFile())
                    .start();
            Sink sink = new Sink(nginx, directory, port);
            // stops nginx even if this program is terminated
            Runtime.getRuntime().addShutdownHook(new Thread(nginx::destroy));
            sink.awaitStart();
            return sink;
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart() throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException ex) {
                if (!nginx.isAlive() || System.nanoTime() - deadline > 0) {
                    String output = Files.readString(directory.resolve("output"));
                    close();
                    throw new IllegalStateException("nginx does not respond: " + output.strip(), ex);
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Returns the port on the loopback interface. */
    public int port() {
        return port;
    }

    /** Returns the version that nginx prints. */
    public static String version() {
        // nginx prints its version to standard error
        return Programs.output(List.of(Programs.path("nginx"), "-v"), StandardCharsets.UTF_8)
                .replace("nginx version: ", "")
                .strip();
    }

    @Override
    public void close() {
        nginx.destroy();
        nginx.onExit().join();
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
