/** The API for receiving webhooks. */
@NullMarked
package com.lattestream.spring.webhook;

import org.jspecify.annotations.NullMarked;
