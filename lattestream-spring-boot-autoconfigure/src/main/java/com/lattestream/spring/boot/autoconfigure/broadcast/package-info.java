/** Auto-configuration of broadcasting. */
@NullMarked
package com.lattestream.spring.boot.autoconfigure.broadcast;

import org.jspecify.annotations.NullMarked;
