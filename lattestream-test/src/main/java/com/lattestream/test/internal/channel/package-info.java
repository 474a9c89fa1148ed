/** Channels, their subscriptions and their events. */
@NullMarked
package com.lattestream.test.internal.channel;

import org.jspecify.annotations.NullMarked;
