package com.lattestream.samples.benchmark.web.server;

import com.lattestream.samples.benchmark.process.WorkerRequests;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the application in a JVM of its own. Prints the name of the web server and its port, then responds to each line
 * with the CPU time of this process in nanoseconds and the number of webhooks that the listener has received.
 */
public final class ServerProcess {

    private ServerProcess() {}

    /**
     * Starts the application.
     * @param args its arguments
     */
    public static void main(String[] args) throws Exception {
        try (ConfigurableApplicationContext context = SpringApplication.run(ServerApplication.class, args)) {
            WebServer server = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
            WebhookListener listener = context.getBean(WebhookListener.class);
            System.out.println(server.getClass().getSimpleName() + " " + server.getPort());
            WorkerRequests.serve(request -> cpuNanos() + " " + listener.received());
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
