/** Auto-configuration of what Actuator tells of LatteStream. */
@NullMarked
package com.lattestream.spring.boot.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
