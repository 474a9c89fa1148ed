/** How webhooks get from the wire to the application's listeners. */
@NullMarked
package com.lattestream.spring.internal.webhook;

import org.jspecify.annotations.NullMarked;
