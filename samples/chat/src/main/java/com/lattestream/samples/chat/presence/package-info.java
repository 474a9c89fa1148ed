/** Who comes and goes, as webhooks tell it. */
@NullMarked
package com.lattestream.samples.chat.presence;

import org.jspecify.annotations.NullMarked;
