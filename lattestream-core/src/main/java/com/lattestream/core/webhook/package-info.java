/** Webhooks, with which the service notifies the application of events on channels. */
@NullMarked
package com.lattestream.core.webhook;

import org.jspecify.annotations.NullMarked;
