/** Auto-configuration of webhooks. */
@NullMarked
package com.lattestream.spring.boot.autoconfigure.webhook;

import org.jspecify.annotations.NullMarked;
