/** What the page has to know, and what it may load. */
@NullMarked
package com.lattestream.samples.chat.browser;

import org.jspecify.annotations.NullMarked;
