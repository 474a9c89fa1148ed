package com.lattestream.core.support;

import com.lattestream.core.Event;
import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.OfflineLatteStreamClient;
import com.lattestream.core.PresenceMember;
import com.lattestream.core.crypto.ChannelSigner;
import java.io.File;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;

/**
 * Like an application server, this program loads an application with all of its libraries in a class loader
 * of its own, runs it, and discards it. It exits with 0 if the class loader is collected afterwards, and with 1 otherwise.
 * It needs a virtual machine of its own, because threads of the JDK that others have started would hide a leak.
 */
public final class RedeployedApplication {

    private RedeployedApplication() {}

    public static void main(String[] arguments) throws Exception {
        WeakReference<ClassLoader> application = deployAndUndeploy(arguments[0]);
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (application.get() != null && System.nanoTime() < deadline) {
            System.gc();
            Thread.sleep(100);
        }
        if (application.get() != null) {
            Thread.getAllStackTraces()
                    .keySet()
                    .forEach(thread -> System.out.println(
                            thread.getName() + " has the context class loader " + thread.getContextClassLoader()));
        }
        System.out.println(application.get() == null ? "collected" : "retained");
        System.exit(application.get() == null ? 0 : 1);
    }

    private static WeakReference<ClassLoader> deployAndUndeploy(String endpoint) throws Exception {
        URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Class<?> application = loader.loadClass(RedeployedApplication.class.getName());
            application.getMethod("run", String.class).invoke(null, endpoint);
        } finally {
            thread.setContextClassLoader(before);
            loader.close();
        }
        return new WeakReference<>(loader);
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Runs in the class loader of the application, and uses most features of the library. */
    public static void run(String endpoint) throws Exception {
        try (LatteStreamClient client = LatteStreamClient.builder("lsk_test_secret")
                .endpoint(endpoint)
                .useTls(false)
                .closeTimeout(Duration.ofSeconds(5))
                .build()) {
            client.trigger("chat", "message", new Data("hello")).join();
            client.trigger(List.of("a", "b"), "message", Map.of("data", new Data("hello")))
                    .join();
            client.trigger(Event.ofJson("chat", "message", "{}")).join();
            Event fresh = Event.of("chat", "message", new Data("hello")).expiringAfter(Duration.ofSeconds(5));
            client.trigger(fresh.conflated());
            client.trigger(fresh.conflated()).join();
            client.getChannelInfo("chat").join();
            failure(client.authorizeChannel(
                    "1.2", "presence-a", PresenceMember.of("7", Map.of("data", new Data("x")))));
            failure(CompletableFuture.supplyAsync(() -> client.trigger("chat", "message", new Data("x"))));
            client.drain().join();
        }
        useOneThatFails();
        ChannelSigner signer = new ChannelSigner("lsk_test_secret");
        signer.authenticateUser("1.2", new Data("hello"));
        try (LatteStreamClient offline = new OfflineLatteStreamClient("lsk_test_secret", new JsonMapper())) {
            offline.trigger("chat", "message", new Data("hello")).join();
        }
    }

    // with lines in the log, retries, an open circuit breaker, and TLS
    private static void useOneThatFails() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (String endpoint : List.of("localhost:" + port, "localhost:" + silent.getLocalPort())) {
                try (LatteStreamClient client = LatteStreamClient.builder("lsk_test_secret")
                        .endpoint(endpoint)
                        .timeout(Duration.ofMillis(200))
                        .retryDelay(Duration.ofMillis(1))
                        .maxRetries(1)
                        .circuitBreakerMinimumNumberOfCalls(2)
                        .circuitBreakerWaitDurationInOpenState(Duration.ofMillis(50))
                        .deliveryTimeout(Duration.ofMillis(500))
                        .closeTimeout(Duration.ofMillis(100))
                        .build()) {
                    for (int i = 0; i < 3; i++) {
                        failure(client.getUsers("presence-" + i));
                    }
                    failure(client.trigger("chat", "message", new Data("hello")));
                    client.trigger("chat", "message", new Data("hello"));
                    failure(client.trigger(
                            Event.of("a", "message", new Data("hello")).expiringAfter(Duration.ofMillis(50))));
                }
            }
        }
    }

    private static void failure(CompletableFuture<?> future) {
        future.handle((result, failure) -> failure).join();
    }

    /** A class of the application. */
    public record Data(String text) {}
}
