package com.lattestream.asyncapi;

import com.lattestream.spring.ChannelEvent;

/** Thrown if a {@link ChannelEvent @ChannelEvent} declaration is not valid. */
public final class InvalidChannelEventException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidChannelEventException(Class<?> type, IllegalArgumentException cause) {
        super("The @ChannelEvent declaration of " + type.getName() + " is not valid: " + cause.getMessage(), cause);
    }
}
