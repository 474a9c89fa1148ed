/** The secret, and the signatures that are created with it: of requests, webhooks and channel authorizations. */
@NullMarked
package com.lattestream.core.crypto;

import org.jspecify.annotations.NullMarked;
