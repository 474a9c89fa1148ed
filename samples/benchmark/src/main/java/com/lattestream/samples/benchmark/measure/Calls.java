package com.lattestream.samples.benchmark.measure;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.samples.benchmark.contestant.Workload;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** The calls that are timed: each operation with the clients that support it. */
enum Calls {
    AUTHORIZE("authorizeChannel", "lattestream") {
        @Override
        Call open(int port) {
            return ours(
                    port, (client, number) -> client.authorizeChannel(SOCKET, "private-" + Workload.channel(number)));
        }
    },

    AUTHORIZE_FLOOR("authorizeChannel", "floor") {
        @Override
        Call open(int port) {
            return new BareHttpCall(
                    port,
                    "/auth",
                    number -> "{\"socket_id\":\"%s\",\"channel_name\":\"private-%s\"}"
                            .formatted(SOCKET, Workload.channel(number))
                            .getBytes(StandardCharsets.UTF_8));
        }
    },

    TRIGGER("trigger", "lattestream-unbatched") {
        @Override
        Call open(int port) {
            return ours(
                    port,
                    (client, number) ->
                            client.trigger(Workload.channel(number), Workload.EVENT, Workload.payload(number)));
        }
    },

    TRIGGER_FLOOR("trigger", "floor-single") {
        @Override
        Call open(int port) {
            return new BareHttpCall(port, "/events", Workload::event);
        }
    },

    TRIGGER_PUSHER("trigger", "pusher-pool-20") {
        @Override
        Call open(int port) {
            return new PusherCall(port);
        }
    };

    private static final String SOCKET = "1234.5678";

    final String operation;

    final String contestant;

    Calls(String operation, String contestant) {
        this.operation = operation;
        this.contestant = contestant;
    }

    /**
     * Creates a call.
     * @param port the port of the sink
     */
    abstract Call open(int port);

    private static Call ours(int port, BiFunction<LatteStreamClient, Integer, CompletionStage<?>> call) {
        LatteStreamClient client = LatteStreamClient.builder(Workload.SECRET)
                .endpoint("127.0.0.1:" + port)
                .useTls(false)
                .enableBatching(false)
                .build();
        return new Call() {

            @Override
            public CompletionStage<?> make(int number) {
                return call.apply(client, number);
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }
}
