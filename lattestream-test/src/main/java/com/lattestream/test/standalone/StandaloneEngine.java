package com.lattestream.test.standalone;

import com.lattestream.test.EmbeddedLatteStreamServer;
import com.lattestream.test.internal.webhook.WebhookSender;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Runs the local engine as a standalone program until the process is stopped. */
final class StandaloneEngine {

    private static final int FAILED = 1;

    private static final int WRONG_ARGUMENTS = 2;

    private StandaloneEngine() {}

    /**
     * Starts the engine and waits until the process is stopped.
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) throws InterruptedException {
        useOwnLogging();
        int failure = run(List.of(arguments));
        if (failure != 0) {
            System.exit(failure);
        }
    }

    // set as a property: a logback.xml on the classpath would be used by applications that depend on this module
    private static void useOwnLogging() {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "com/lattestream/test/standalone/logback.xml");
        }
    }

    private static int run(List<String> arguments) throws InterruptedException {
        EmbeddedLatteStreamServer engine;
        boolean showSecret;
        try {
            Options options = Options.parse(arguments, System.getenv());
            if (options.isHelp()) {
                System.out.print(Options.HELP);
                return 0;
            }
            showSecret = options.isRandomSecret();
            engine = options.builder().start();
        } catch (UsageException ex) {
            System.err.println(ex.getMessage());
            System.err.println("Use --help to list the options");
            return WRONG_ARGUMENTS;
        } catch (IllegalStateException ex) {
            System.err.println(ex.getMessage());
            return FAILED;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(engine, stopped), "lattestream-engine-stop"));
        printSummary(System.out, engine, showSecret);
        stopped.await();
        return 0;
    }

    private static void stop(EmbeddedLatteStreamServer engine, CountDownLatch stopped) {
        engine.close();
        System.out.println("The engine has stopped");
        stopped.countDown();
    }

    private static void printSummary(PrintStream out, EmbeddedLatteStreamServer engine, boolean showSecret) {
        String version = version();
        String secret = showSecret ? engine.secret() : "as configured (not shown)";
        out.printf(
                """
                LatteStream engine%s

                  Console      %s
                  Endpoint     %s
                  Public key   %s
                  Secret       %s
                  Webhooks     %s

                Configure an application with

                  lattestream.endpoint=%s
                  lattestream.use-tls=false
                  lattestream.secret=%s

                Press Ctrl-C to stop the engine
                """,
                version == null ? "" : " " + version,
                engine.consoleUrl(),
                engine.endpoint(),
                engine.publicKey(),
                secret,
                engine.webhookUrl()
                        .map(url -> "to " + WebhookSender.redacted(URI.create(url)))
                        .orElse("none"),
                engine.endpoint(),
                showSecret ? engine.secret() : "lsk_... (as configured)");
        out.flush();
    }

    private static @Nullable String version() {
        return StandaloneEngine.class.getPackage().getImplementationVersion();
    }
}
