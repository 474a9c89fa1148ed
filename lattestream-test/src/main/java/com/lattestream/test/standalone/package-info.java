/** Runs the local engine as a program of its own. */
@NullMarked
package com.lattestream.test.standalone;

import org.jspecify.annotations.NullMarked;
