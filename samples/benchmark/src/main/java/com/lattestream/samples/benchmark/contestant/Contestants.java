package com.lattestream.samples.benchmark.contestant;

import java.util.concurrent.Executors;
import org.apache.hc.core5.http.HttpHost;

/** Creates contestants by their names: {@code lattestream-8} is LatteStream with eight callers. */
public final class Contestants {

    private Contestants() {}

    /**
     * Creates a contestant.
     * @param name the name, with the number of callers or concurrent requests after the last hyphen
     * @param port the port of the sink
     * @return the contestant
     */
    public static Contestant of(String name, int port) {
        int hyphen = name.lastIndexOf('-');
        int atOnce = Integer.parseInt(name.substring(hyphen + 1));
        String endpoint = "127.0.0.1:" + port;
        HttpHost sink = new HttpHost("http", "127.0.0.1", port);
        return switch (name.substring(0, hyphen)) {
            case "lattestream" -> new LatteStreamContestant(endpoint, Executors.newFixedThreadPool(atOnce), atOnce);
            case "lattestream-virtual" ->
                new LatteStreamContestant(endpoint, LatteStreamContestant.virtualThreads(), atOnce);
            case "lattestream-unbatched" -> new UnbatchedContestant(endpoint, atOnce);
            case "floor-batch" -> new BareHttpContestant(sink, true, false, atOnce);
            case "floor-batch-hmac" -> new BareHttpContestant(sink, true, true, atOnce);
            case "floor-single" -> new BareHttpContestant(sink, false, false, atOnce);
            case "floor-single-hmac" -> new BareHttpContestant(sink, false, true, atOnce);
            case "pusher" -> new PusherContestant(endpoint, false, atOnce, false);
            case "pusher-pool-20" -> new PusherContestant(endpoint, true, atOnce, false);
            case "pusher-batch" -> new PusherContestant(endpoint, false, atOnce, true);
            case "pusher-batch-pool-20" -> new PusherContestant(endpoint, true, atOnce, true);
            default -> throw new IllegalArgumentException("There is no contestant " + name);
        };
    }
}
