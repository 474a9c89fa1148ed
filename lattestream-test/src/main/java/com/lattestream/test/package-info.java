/** The local engine: what the LatteStream service does, within a test or a developer's machine. */
@NullMarked
package com.lattestream.test;

import org.jspecify.annotations.NullMarked;
