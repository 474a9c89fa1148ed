package com.lattestream.test.standalone;

import com.lattestream.test.EmbeddedLatteStreamServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Options of the standalone engine, read from arguments and, for the keys, from environment variables. Immutable. */
final class Options {

    static final int DEFAULT_PORT = 8787;

    static final String HELP = """
            Usage: java -jar lattestream-test-standalone.jar [options]

            Runs a local LatteStream engine until it is stopped (Ctrl-C).

              --port <port>          port to listen on; 0 for any free port. Default: 8787
              --bind <address>       address to listen on. Default: the loopback address, which
                                     only this machine can reach
              --secret <lsk_...>     secret that applications sign requests with. Prefer the
                                     environment variable LATTESTREAM_SECRET: arguments are
                                     visible to all users of the machine.
                                     Default: a random secret, printed at startup
              --public-key <lspk_...>
                                     public key that browsers connect with; environment variable
                                     LATTESTREAM_PUBLIC_KEY. Default: lspk_local_engine
              --allowed-origins <origins>
                                     origins whose pages may use the engine, such as
                                     https://app.example, separated by commas. Pages of localhost
                                     and of IP addresses are always allowed. Default: none
              --webhook-url <url>    URL that webhooks are sent to. Default: none
              --help                 prints this help

            Exit codes: 1 if the engine cannot start, 2 for invalid arguments; 128 plus the
            number of the signal if stopped by a signal (130 for Ctrl-C).
            """;

    private static final Set<String> NAMES =
            Set.of("--port", "--bind", "--secret", "--public-key", "--allowed-origins", "--webhook-url");

    private final Map<String, String> values;

    private final Map<String, String> environment;

    private final boolean help;

    private Options(Map<String, String> values, Map<String, String> environment, boolean help) {
        this.values = values;
        this.environment = environment;
        this.help = help;
    }

    /**
     * Parses {@code --name value} and {@code --name=value}.
     * @param arguments the command-line arguments
     * @param environment the environment variables
     * @return the options; their values have not been validated
     */
    static Options parse(List<String> arguments, Map<String, String> environment) throws UsageException {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--help") || argument.equals("-h")) {
                return new Options(values, environment, true);
            }
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            requireKnown(name, i + 1);
            if (equals < 0 && (i + 1 == arguments.size() || arguments.get(i + 1).startsWith("--"))) {
                throw new UsageException(name + " requires a value");
            }
            String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
            if (values.put(name, value) != null) {
                throw new UsageException(name + " is specified twice");
            }
        }
        return new Options(values, environment, false);
    }

    private static void requireKnown(String name, int place) throws UsageException {
        if (NAMES.contains(name)) {
            return;
        }
        // an unknown argument may be a misplaced value, such as the secret, and must not be printed
        throw new UsageException(
                name.matches("--[a-z-]+") ? "Unknown option " + name : "Argument " + place + " is not an option");
    }

    boolean isHelp() {
        return help;
    }

    /** Returns whether the engine generates a random secret, which must be printed. */
    boolean isRandomSecret() {
        return key("--secret", "LATTESTREAM_SECRET") == null;
    }

    /** Returns a builder with these options. */
    EmbeddedLatteStreamServer.Builder builder() throws UsageException {
        EmbeddedLatteStreamServer.Builder builder = EmbeddedLatteStreamServer.builder();
        try {
            builder.port(port());
            builder.webhookUrl(values.get("--webhook-url"));
            String address = values.get("--bind");
            if (address != null) {
                builder.bindAddress(address);
            }
            String origins = values.get("--allowed-origins");
            if (origins != null) {
                builder.allowedOrigins(origins.split(",", -1));
            }
            String secret = key("--secret", "LATTESTREAM_SECRET");
            if (secret != null) {
                builder.secret(secret);
            }
            String publicKey = key("--public-key", "LATTESTREAM_PUBLIC_KEY");
            if (publicKey != null) {
                builder.publicKey(publicKey);
            }
            return builder;
        } catch (IllegalArgumentException ex) {
            throw new UsageException(String.valueOf(ex.getMessage()));
        }
    }

    private int port() throws UsageException {
        String text = values.getOrDefault("--port", String.valueOf(DEFAULT_PORT));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException ex) {
            throw new UsageException("--port must be a number from 0 to 65535");
        }
    }

    private @Nullable String key(String name, String variable) {
        String value = values.get(name);
        if (value != null) {
            return value;
        }
        String fromEnvironment = environment.get(variable);
        return fromEnvironment == null || fromEnvironment.isEmpty() ? null : fromEnvironment;
    }
}
