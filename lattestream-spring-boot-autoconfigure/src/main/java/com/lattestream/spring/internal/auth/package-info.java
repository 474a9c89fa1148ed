/** The endpoint that authorizes subscriptions. */
@NullMarked
package com.lattestream.spring.internal.auth;

import org.jspecify.annotations.NullMarked;
