/** An application whose events survive a crash: Spring Modulith's event publication registry is their outbox. */
@NullMarked
package com.lattestream.samples.outbox;

import org.jspecify.annotations.NullMarked;
