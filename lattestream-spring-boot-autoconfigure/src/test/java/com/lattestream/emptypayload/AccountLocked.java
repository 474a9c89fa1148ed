package com.lattestream.emptypayload;

import com.lattestream.spring.broadcast.Broadcast;
import org.springframework.context.ApplicationEvent;

/** Has no property besides its source and its timestamp. */
@Broadcast(channel = "accounts")
public class AccountLocked extends ApplicationEvent {

    private static final long serialVersionUID = 1L;

    public AccountLocked(Object source) {
        super(source);
    }
}
