/** The local engine, an in-process emulator of the LatteStream service, and test support. */
@NullMarked
package com.lattestream.test;

import org.jspecify.annotations.NullMarked;
