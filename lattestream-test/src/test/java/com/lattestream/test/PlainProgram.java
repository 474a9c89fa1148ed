package com.lattestream.test;

import com.lattestream.core.LatteStreamClient;
import java.util.concurrent.Callable;

/** A program with this module and its required dependencies only. */
public final class PlainProgram implements Callable<String> {

    @Override
    public String call() {
        RecordingLatteStreamTemplate recording = new RecordingLatteStreamTemplate();
        recording.trigger("chat", "message", "recorded");
        try (EmbeddedLatteStreamServer engine =
                        EmbeddedLatteStreamServer.builder().start();
                TestSubscriber subscriber = TestSubscriber.connect(engine).subscribe("chat");
                LatteStreamClient client = LatteStreamClient.builder(engine.secret())
                        .endpoint(engine.endpoint())
                        .useTls(false)
                        .build()) {
            client.trigger("chat", "message", "delivered").join();
            return recording.events().get(0).dataAs(String.class) + ", "
                    + subscriber.awaitEvent("chat", "message").dataAs(String.class);
        }
    }
}
