/** Broadcasts when users enter and leave rooms, which webhooks report. */
@NullMarked
package com.lattestream.samples.chat.presence;

import org.jspecify.annotations.NullMarked;
