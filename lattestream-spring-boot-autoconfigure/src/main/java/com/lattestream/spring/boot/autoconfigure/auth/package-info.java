/** Auto-configuration of the endpoint that authorizes subscriptions. */
@NullMarked
package com.lattestream.spring.boot.autoconfigure.auth;

import org.jspecify.annotations.NullMarked;
