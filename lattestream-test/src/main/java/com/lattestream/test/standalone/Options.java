package com.lattestream.test.standalone;

import com.lattestream.test.EmbeddedLatteStreamServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the engine is started with, from arguments and, for the keys, the environment. Immutable. */
final class Options {

    static final int DEFAULT_PORT = 8787;

    static final String HELP = """
            Usage: java -jar lattestream-test-standalone.jar [options]

            Runs a local LatteStream engine until it is stopped (Ctrl-C).

              --port <port>          where to listen; 0 for any free port. Default: 8787
              --bind <address>       which address to listen on. Default: the loopback address,
                                     which only this machine reaches
              --secret <lsk_...>     what applications sign with. Better LATTESTREAM_SECRET in the
                                     environment: arguments are seen by everybody on the machine.
                                     Default: a random secret, which is shown at the start
              --public-key <lspk_...>
                                     what browsers connect with, or LATTESTREAM_PUBLIC_KEY.
                                     Default: lspk_local_engine
              --allowed-origins <origins>
                                     whose pages may use the engine, such as https://app.example,
                                     separated by commas. Default: pages of localhost and of IP
                                     addresses, which always may
              --webhook-url <url>    where webhooks go. Default: nowhere
              --help                 shows this

            Exit codes: 1 could not start, 2 wrong arguments; stopped by a signal, that of the
            signal (130 for Ctrl-C).
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
     * Reads {@code --name value} and {@code --name=value}.
     * @param arguments what the program was started with
     * @param environment the environment's variables
     * @return the options, whose values have not been looked at
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
                throw new UsageException(name + " needs a value");
            }
            String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
            if (values.put(name, value) != null) {
                throw new UsageException(name + " is given twice");
            }
        }
        return new Options(values, environment, false);
    }

    private static void requireKnown(String name, int place) throws UsageException {
        if (NAMES.contains(name)) {
            return;
        }
        // what is no option may be a value that got into the wrong place, such as the secret
        throw new UsageException(
                name.matches("--[a-z-]+") ? "There is no option " + name : "Argument " + place + " is no option");
    }

    boolean isHelp() {
        return help;
    }

    /** Returns whether the secret is one that the engine makes up, and has to show. */
    boolean isRandomSecret() {
        return key("--secret", "LATTESTREAM_SECRET") == null;
    }

    /** Returns what starts that engine. */
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
