/** The settings of the page, and its Content-Security-Policy. */
@NullMarked
package com.lattestream.samples.chat.browser;

import org.jspecify.annotations.NullMarked;
