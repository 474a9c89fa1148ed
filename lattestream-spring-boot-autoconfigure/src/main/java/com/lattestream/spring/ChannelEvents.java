package com.lattestream.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Contains the {@link ChannelEvent} annotations of a class. The compiler adds it to a class with several of them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ChannelEvents {

    /**
     * Returns the declarations.
     * @return the annotations of the class
     */
    ChannelEvent[] value();
}
