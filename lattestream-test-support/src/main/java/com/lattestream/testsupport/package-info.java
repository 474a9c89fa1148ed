/** Helpers of the tests of several modules. */
@NullMarked
package com.lattestream.testsupport;

import org.jspecify.annotations.NullMarked;
