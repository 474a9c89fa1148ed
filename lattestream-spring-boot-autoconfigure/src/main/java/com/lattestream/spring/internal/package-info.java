/** What several rooms of the wiring share. */
@NullMarked
package com.lattestream.spring.internal;

import org.jspecify.annotations.NullMarked;
