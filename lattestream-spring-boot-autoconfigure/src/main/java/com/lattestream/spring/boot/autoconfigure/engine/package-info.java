/** Auto-configuration that connects the application to a local engine. */
@NullMarked
package com.lattestream.spring.boot.autoconfigure.engine;

import org.jspecify.annotations.NullMarked;
