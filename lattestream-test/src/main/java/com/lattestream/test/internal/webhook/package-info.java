/** What the local engine tells the application on its own. */
@NullMarked
package com.lattestream.test.internal.webhook;

import org.jspecify.annotations.NullMarked;
