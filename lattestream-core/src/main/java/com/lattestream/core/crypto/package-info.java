/** The secret and what is signed with it: requests, webhooks, channel authorizations. */
@NullMarked
package com.lattestream.core.crypto;

import org.jspecify.annotations.NullMarked;
