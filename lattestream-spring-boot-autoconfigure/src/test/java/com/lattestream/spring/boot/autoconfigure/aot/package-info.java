/** An application that is processed ahead of time. */
@org.jspecify.annotations.NullMarked
package com.lattestream.spring.boot.autoconfigure.aot;
