/** The clients of the application, and the determination of the default client. */
@NullMarked
package com.lattestream.spring.internal.client;

import org.jspecify.annotations.NullMarked;
