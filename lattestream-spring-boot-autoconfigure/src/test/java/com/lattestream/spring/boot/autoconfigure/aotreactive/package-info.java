/** An application on Spring WebFlux that is processed ahead of time; not among the components that a scan of another finds. */
@org.jspecify.annotations.NullMarked
package com.lattestream.spring.boot.autoconfigure.aotreactive;
