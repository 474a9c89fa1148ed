package com.lattestream.spring.internal.webhook.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletRequest;

/** A request whose client sends the body in parts, as the container passes them to a read listener. */
class ClientRequest extends MockHttpServletRequest {

    private final Deque<Integer> arrived = new ArrayDeque<>();

    private final Input input = new Input();

    private final long length;

    private boolean ended;

    private @Nullable IOException failure;

    @Nullable ReadListener listener;

    /** Whether a filter has wrapped the request so that no listener can be set. */
    boolean refusesListeners;

    /** The number of bytes that were read. */
    int read;

    ClientRequest(String method, String path, long length) {
        super(method, path);
        setServletPath(path);
        setAsyncSupported(true);
        this.length = length;
    }

    @Override
    public long getContentLengthLong() {
        return length;
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    /** The bytes have arrived before a listener is set. */
    ClientRequest with(byte[] bytes) {
        for (byte each : bytes) {
            arrived.add(each & 0xff);
        }
        return this;
    }

    void send(byte[] bytes) throws IOException {
        with(bytes);
        if (listener != null) {
            listener.onDataAvailable();
        }
    }

    void end() throws IOException {
        ended = true;
        if (listener != null) {
            listener.onAllDataRead();
        }
    }

    void breakOff() {
        failure = new IOException("connection reset");
        if (listener != null) {
            listener.onError(failure);
        }
    }

    private final class Input extends ServletInputStream {

        @Override
        public int available() {
            return arrived.size();
        }

        @Override
        public boolean isFinished() {
            return ended && arrived.isEmpty();
        }

        @Override
        public boolean isReady() {
            return ended || !arrived.isEmpty();
        }

        @Override
        public void setReadListener(ReadListener added) {
            if (refusesListeners) {
                throw new IllegalStateException("wrapped");
            }
            listener = added;
        }

        @Override
        public int read() throws IOException {
            if (arrived.isEmpty()) {
                if (failure != null) {
                    throw failure;
                }
                return -1;
            }
            read++;
            return arrived.remove();
        }

        @Override
        public int read(byte[] target, int offset, int wanted) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            while (bytes.size() < wanted && !arrived.isEmpty()) {
                bytes.write(read());
            }
            if (bytes.size() == 0) {
                return read();
            }
            System.arraycopy(bytes.toByteArray(), 0, target, offset, bytes.size());
            return bytes.size();
        }
    }
}
