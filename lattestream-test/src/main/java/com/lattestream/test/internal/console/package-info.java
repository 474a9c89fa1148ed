/** The console of the local engine: a page that shows what the engine does. */
@NullMarked
package com.lattestream.test.internal.console;

import org.jspecify.annotations.NullMarked;
