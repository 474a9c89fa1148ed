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
 * Sends updates to pages as server-sent events: {@code hello} once, {@code entries} as they are recorded, and
 * {@code state} when it has changed. A page that reconnects sends its last position and continues there, unless the
 * engine has been replaced.
 */
final class SseEndpoint {

    private static final Pattern POSITION = Pattern.compile("([\\w-]+):([0-9]{1,18})");

    private final String run;

    private final EntryLog entryLog;

    private final SseClients clients;

    private final ConsoleGreeting greeting;

    SseEndpoint(String run, EntryLog entryLog, SseClients clients, ConsoleGreeting greeting) {
        this.run = run;
        this.entryLog = entryLog;
        this.clients = clients;
        this.greeting = greeting;
    }

    void open(Request request, Response response, Callback callback) throws RefusedException {
        if (clients.isFull()) {
            throw new RefusedException(
                    HttpStatus.TOO_MANY_REQUESTS_429, "The console is already open " + SseClients.MAX + " times");
        }
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream;charset=utf-8");
        long last = position(lastEventId(request));
        clients.add(new SseClient(response, callback, clients, greeting.json(request), last));
    }

    // a page whose request was rejected cannot set the header when it reconnects
    private static @Nullable String lastEventId(Request request) {
        String header = request.getHeaders().get("Last-Event-ID");
        return header != null ? header : Request.extractQueryParameters(request).getValue("last");
    }

    void close() {
        clients.close();
    }

    private long position(@Nullable String lastEventId) {
        Matcher position = POSITION.matcher(lastEventId == null ? "" : lastEventId);
        boolean isHere = position.matches() && position.group(1).equals(run);
        // positions beyond the newest entry are not valid
        return isHere ? Math.min(Long.parseLong(position.group(2)), entryLog.last()) : entryLog.beforeOldest();
    }
}
