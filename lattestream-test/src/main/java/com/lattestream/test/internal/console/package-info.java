/** The console of the local engine: a page that displays the activity of the engine. */
@NullMarked
package com.lattestream.test.internal.console;

import org.jspecify.annotations.NullMarked;
