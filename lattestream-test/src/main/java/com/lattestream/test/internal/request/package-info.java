/** What the engine was asked. */
@NullMarked
package com.lattestream.test.internal.request;

import org.jspecify.annotations.NullMarked;
