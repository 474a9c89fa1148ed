/** What Actuator tells of LatteStream, and what it does not. */
@NullMarked
package com.lattestream.spring.boot.actuate;

import org.jspecify.annotations.NullMarked;
