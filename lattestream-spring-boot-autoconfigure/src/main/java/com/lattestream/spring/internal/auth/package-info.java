/** Authorization of subscriptions: authorizers, decisions and responses. Independent of the web stack. */
@NullMarked
package com.lattestream.spring.internal.auth;

import org.jspecify.annotations.NullMarked;
