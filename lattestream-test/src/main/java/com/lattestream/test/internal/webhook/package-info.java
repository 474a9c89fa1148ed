/** Webhooks that the local engine sends to the application. */
@NullMarked
package com.lattestream.test.internal.webhook;

import org.jspecify.annotations.NullMarked;
