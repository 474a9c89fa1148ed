/** Auto-configuration that points the application at a local engine. */
@NullMarked
package com.lattestream.spring.boot.autoconfigure.engine;

import org.jspecify.annotations.NullMarked;
