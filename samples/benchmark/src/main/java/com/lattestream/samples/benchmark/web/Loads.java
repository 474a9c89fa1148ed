package com.lattestream.samples.benchmark.web;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists all loads, the floors first. */
final class Loads {

    private static final String AUTH = "POST /auth";

    private static final String WAITING = "POST /auth, an authorizer that waits for 5 ms";

    private static final String WEBHOOKS = "POST /webhooks/lattestream";

    private Loads() {}

    static List<Load> all() {
        List<Load> loads = new ArrayList<>();
        for (Stack stack : Stack.values()) {
            Load floor = new Load(AUTH, stack.label() + ": controller", stack, "/floor/auth", Body.PLAIN, 200, null);
            loads.add(floor);
            loads.add(auth(AUTH, stack, "", Body.PLAIN, floor));
            if (stack == Stack.WEBFLUX) {
                loads.add(auth(AUTH, stack, ", Mono", Body.MONO, floor));
            }
        }
        for (Stack stack : Stack.values()) {
            loads.add(auth(WAITING, stack, "", Body.WAITING, null));
            if (stack == Stack.WEBFLUX) {
                loads.add(auth(WAITING, stack, ", Mono", Body.DELAYED, null));
            }
        }
        for (Stack stack : Stack.values()) {
            Load floor = new Load(
                    WEBHOOKS, stack.label() + ": controller", stack, "/floor/webhooks", Body.WEBHOOK, 204, null);
            loads.add(floor);
            loads.add(new Load(
                    WEBHOOKS, stack.label() + ": webhook", stack, "/webhooks/lattestream", Body.WEBHOOK, 204, floor));
        }
        return List.copyOf(loads);
    }

    private static Load auth(String scenario, Stack stack, String kind, Body body, @Nullable Load floor) {
        String authorizer = stack == Stack.WEBFLUX && kind.isEmpty() ? ", blocking" : kind;
        return new Load(scenario, stack.label() + ": authorizer" + authorizer, stack, "/auth", body, 200, floor);
    }
}
