/** The endpoint that authorizes subscriptions, on Spring MVC. */
@NullMarked
package com.lattestream.spring.internal.auth.servlet;

import org.jspecify.annotations.NullMarked;
