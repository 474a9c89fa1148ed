/** The application's clients, and which of them is used by default. */
@NullMarked
package com.lattestream.spring.internal.client;

import org.jspecify.annotations.NullMarked;
