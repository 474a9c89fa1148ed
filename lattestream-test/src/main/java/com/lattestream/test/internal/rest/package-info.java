/** The REST calls of the local engine. */
@NullMarked
package com.lattestream.test.internal.rest;

import org.jspecify.annotations.NullMarked;
