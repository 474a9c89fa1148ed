/** Tests that use the test support of Spring Boot as an application's tests do. */
@org.jspecify.annotations.NullMarked
package com.lattestream.spring.boot.autoconfigure.slices;
