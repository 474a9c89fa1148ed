package com.lattestream.test.internal.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages up to date by server-sent events: {@code hello} once, {@code entries} as they come, {@code state} where it
 * has changed. A page that comes back says where it was, and goes on from there, unless that was another engine.
 */
final class Stream {

    private static final Pattern PLACE = Pattern.compile("([\\w-]+):([0-9]{1,18})");

    private final String run;

    private final History history;

    private final Viewers viewers;

    private final ConsoleGreeting greeting;

    Stream(String run, History history, Viewers viewers, ConsoleGreeting greeting) {
        this.run = run;
        this.history = history;
        this.viewers = viewers;
        this.greeting = greeting;
    }

    void open(Request request, Response response, Callback callback) throws RefusedException {
        if (viewers.isFull()) {
            throw new RefusedException(
                    HttpStatus.TOO_MANY_REQUESTS_429, "The console is open " + Viewers.MAX + " times already");
        }
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream;charset=utf-8");
        long last = place(lastEventId(request));
        viewers.add(new Viewer(response, callback, viewers, greeting.json(request), last));
    }

    // a page that was refused cannot set the header when it comes again
    private static @Nullable String lastEventId(Request request) {
        String header = request.getHeaders().get("Last-Event-ID");
        return header != null ? header : Request.extractQueryParameters(request).getValue("last");
    }

    void close() {
        viewers.close();
    }

    private long place(@Nullable String lastEventId) {
        Matcher place = PLACE.matcher(lastEventId == null ? "" : lastEventId);
        boolean isHere = place.matches() && place.group(1).equals(run);
        // nobody has seen what has not happened
        return isHere ? Math.min(Long.parseLong(place.group(2)), history.last()) : history.beforeOldest();
    }
}
