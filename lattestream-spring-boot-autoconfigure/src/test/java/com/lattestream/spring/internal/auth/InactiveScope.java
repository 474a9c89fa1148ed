package com.lattestream.spring.internal.auth;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.Scope;

/** A scope of which no bean can be created, such as that of a batch step while none is running. */
final class InactiveScope implements Scope {

    @Override
    public Object get(String name, ObjectFactory<?> objectFactory) {
        throw new IllegalStateException("No step is running");
    }

    @Override
    public @Nullable Object remove(String name) {
        return null;
    }

    @Override
    public void registerDestructionCallback(String name, Runnable callback) {}
}
