package com.lattestream.samples.benchmark.web.server;

import com.lattestream.spring.auth.ChannelAuthorizer;
import java.security.Principal;
import org.springframework.stereotype.Component;

/** Authorizers that return their decision, on both stacks. */
@Component
class BlockingAuthorizers {

    @ChannelAuthorizer("private-plain-{number}")
    boolean immediately(Principal user, long number) {
        return number >= 0;
    }

    /** Blocks for the time of a database query. */
    @ChannelAuthorizer("private-waiting-{number}")
    boolean afterAQuery(Principal user, long number) throws InterruptedException {
        Thread.sleep(QueryTime.QUERY);
        return number >= 0;
    }
}
