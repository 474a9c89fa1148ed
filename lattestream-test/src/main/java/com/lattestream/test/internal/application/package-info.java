/** The web server of the Spring Boot application to which the engine sends webhooks. */
@NullMarked
package com.lattestream.test.internal.application;

import org.jspecify.annotations.NullMarked;
