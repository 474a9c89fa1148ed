/** Integration with Spring Boot Actuator: health, metrics, info and the {@code lattestream} endpoint. */
@NullMarked
package com.lattestream.spring.boot.actuate;

import org.jspecify.annotations.NullMarked;
