/** Messages: stored, and broadcast after the commit. */
@NullMarked
package com.lattestream.samples.chat.message;

import org.jspecify.annotations.NullMarked;
