/** Webhooks on Spring MVC: the filter, the body readers, and the guard of handlers. */
@NullMarked
package com.lattestream.spring.internal.webhook.servlet;

import org.jspecify.annotations.NullMarked;
