/** Auto-configuration of the Actuator endpoint. */
@NullMarked
package com.lattestream.asyncapi.autoconfigure;

import org.jspecify.annotations.NullMarked;
