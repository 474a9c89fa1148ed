package com.lattestream.test.internal.fault;

import com.lattestream.test.internal.request.RequestRecorder;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Breaks the connection of a request. */
final class ConnectionBreaker {

    private static final Logger log = LoggerFactory.getLogger(ConnectionBreaker.class);

    private ConnectionBreaker() {}

    /** Resets the connection immediately. */
    static void reset(Request request, Callback callback) {
        RequestRecorder.recordNoResponse(request);
        EndPoint endPoint = endPoint(request);
        if (endPoint.getTransport() instanceof SocketChannel channel) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException ex) {
                log.debug("Could not set SO_LINGER; closing the connection instead of resetting it: {}", ex.toString());
            }
        }
        endPoint.close();
        callback.failed(new EofException("Reset by an injected fault"));
    }

    /** Closes the connection regularly, although the response is incomplete. */
    static void end(Request request, Callback callback) {
        endPoint(request).close();
        callback.failed(new EofException("Closed by an injected fault"));
    }

    private static EndPoint endPoint(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }
}
