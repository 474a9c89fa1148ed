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

/** The connection beneath a request. */
final class Wire {

    private static final Logger log = LoggerFactory.getLogger(Wire.class);

    private Wire() {}

    /** Ends it at once, so that the client is told of a reset. */
    static void reset(Request request, Callback callback) {
        RequestRecorder.unanswered(request);
        EndPoint endPoint = endPoint(request);
        if (endPoint.getTransport() instanceof SocketChannel channel) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException ex) {
                log.debug("A connection is closed instead of reset: {}", ex.toString());
            }
        }
        endPoint.close();
        callback.failed(new EofException("reset on purpose"));
    }

    /** Ends it in good order, whatever was promised. */
    static void end(Request request, Callback callback) {
        endPoint(request).close();
        callback.failed(new EofException("ended on purpose"));
    }

    private static EndPoint endPoint(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }
}
