/** Auto-configuration of the integration with Spring Boot Actuator. */
@NullMarked
package com.lattestream.spring.boot.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
