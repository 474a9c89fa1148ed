package com.lattestream.core.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that forwards requests for any host to a service on this machine: requests with an absolute
 * URI, and tunnels. It records all that it can read.
 */
public final class ProxyServer implements AutoCloseable {

    private final ServerSocket server;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        return thread;
    });

    private final int target;

    private final List<String> heads = new CopyOnWriteArrayList<>();

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    private volatile @Nullable String authorization;

    private volatile int refusal;

    /** Starts a proxy that forwards everything to one port of this machine. */
    public ProxyServer(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        threads.execute(this::accept);
    }

    /** Challenges requests without this value of {@code Proxy-Authorization}. */
    public ProxyServer requiring(String value) {
        this.authorization = value;
        return this;
    }

    /** Refuses all requests with this status. */
    public ProxyServer refusing(int status) {
        this.refusal = status;
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Returns the first line and headers of the requests to the proxy. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    /** Returns every byte that clients sent, including the content of tunnels. */
    public String seen() {
        synchronized (seen) {
            return seen.toString(ISO_8859_1);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            String head = readHead(in);
            while (!head.isEmpty()) {
                heads.add(head);
                if (refusal != 0) {
                    respond(client, refusal + " Refused", "");
                    return;
                } else if (!isAuthorized(head)) {
                    readBody(in, head);
                    respond(
                            client,
                            "407 Proxy Authentication Required",
                            "Proxy-Authenticate: Basic realm=\"proxy\"\r\n");
                } else if (head.startsWith("CONNECT ")) {
                    tunnel(client);
                    return;
                } else {
                    // the connection stays open: closing it would race with the client's next request
                    forward(client, head, readBody(in, head));
                }
                head = readHead(in);
            }
        } catch (IOException disconnected) {
            // as clients do
        }
    }

    private boolean isAuthorized(String head) {
        return authorization == null || authorization.equals(header(head, "proxy-authorization"));
    }

    private static void respond(Socket client, String status, String headers) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\n\r\n").getBytes(ISO_8859_1));
    }

    private void tunnel(Socket client) throws IOException {
        try (Socket service = new Socket(InetAddress.getLoopbackAddress(), target)) {
            client.getOutputStream().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
            threads.execute(() -> copyQuietly(service, client));
            copy(client.getInputStream(), service.getOutputStream(), true);
        }
    }

    private void forward(Socket client, String head, byte[] body) throws IOException {
        String[] line = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
        String path =
                line[1].substring(URI.create(line[1]).resolve("/").toString().length() - 1);
        StringBuilder forwarded = new StringBuilder(line[0] + " " + path + " HTTP/1.1\r\n");
        for (String header : head.substring(head.indexOf("\r\n") + 2).split("\r\n", -1)) {
            String name = header.toLowerCase(Locale.ROOT);
            if (!header.isEmpty() && !name.startsWith("proxy-") && !name.startsWith("connection")) {
                forwarded.append(header).append("\r\n");
            }
        }
        forwarded.append("Connection: close\r\n\r\n");
        try (Socket service = new Socket(InetAddress.getLoopbackAddress(), target)) {
            service.getOutputStream().write(forwarded.toString().getBytes(ISO_8859_1));
            service.getOutputStream().write(body);
            copy(service.getInputStream(), client.getOutputStream(), false);
        }
    }

    private void copyQuietly(Socket from, Socket to) {
        try (to) {
            copy(from.getInputStream(), to.getOutputStream(), false);
        } catch (IOException disconnected) {
            // as clients do
        }
    }

    private void copy(InputStream in, OutputStream out, boolean record) throws IOException {
        byte[] buffer = new byte[8192];
        int read = in.read(buffer);
        while (read >= 0) {
            if (record) {
                record(buffer, read);
            }
            out.write(buffer, 0, read);
            out.flush();
            read = in.read(buffer);
        }
    }

    private void record(byte[] bytes, int length) {
        synchronized (seen) {
            seen.write(bytes, 0, length);
        }
    }

    private String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int read = in.read();
            if (read < 0) {
                return "";
            }
            head.write(read);
        }
        record(head.toByteArray(), head.size());
        return head.toString(ISO_8859_1);
    }

    private byte[] readBody(InputStream in, String head) throws IOException {
        String length = header(head, "content-length");
        byte[] body = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
        record(body, body.length);
        return body;
    }

    private static @Nullable String header(String head, String name) {
        for (String line : head.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        return null;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        threads.shutdownNow();
    }
}
