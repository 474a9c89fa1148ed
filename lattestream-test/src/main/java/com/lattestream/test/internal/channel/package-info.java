/** Who is subscribed to what, and what has been sent there. */
@NullMarked
package com.lattestream.test.internal.channel;

import org.jspecify.annotations.NullMarked;
