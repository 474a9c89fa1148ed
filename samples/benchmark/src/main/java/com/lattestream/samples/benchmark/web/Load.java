package com.lattestream.samples.benchmark.web;

import org.jspecify.annotations.Nullable;

/**
 * One kind of request to one stack.
 *
 * @param scenario the table that shows the load
 * @param label its name in the table
 * @param stack the stack
 * @param path the path of the request
 * @param body the body of the request
 * @param status the only status that counts as a success
 * @param floor the load that does the same without the starter; null for a floor, and if there is none
 */
record Load(
        String scenario,
        String label,
        Stack stack,
        String path,
        Body body,
        int status,
        @Nullable Load floor) {

    boolean isWebhook() {
        return body == Body.WEBHOOK && floor != null;
    }
}
