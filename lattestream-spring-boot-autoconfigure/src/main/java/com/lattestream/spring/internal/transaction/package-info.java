/** Integration with Spring's transactions. */
@NullMarked
package com.lattestream.spring.internal.transaction;

import org.jspecify.annotations.NullMarked;
