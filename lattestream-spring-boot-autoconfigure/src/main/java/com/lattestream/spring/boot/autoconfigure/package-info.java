/** Auto-configuration that turns {@code lattestream.*} into beans. */
@NullMarked
package com.lattestream.spring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
