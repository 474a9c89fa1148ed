/** What applications write against to hear of webhooks. */
@NullMarked
package com.lattestream.spring.webhook;

import org.jspecify.annotations.NullMarked;
