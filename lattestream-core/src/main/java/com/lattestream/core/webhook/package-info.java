/** What the service tells the application on its own. */
@NullMarked
package com.lattestream.core.webhook;

import org.jspecify.annotations.NullMarked;
