/** Who may come in: signing up, logging in, and what is allowed without. */
@NullMarked
package com.lattestream.samples.chat.account;

import org.jspecify.annotations.NullMarked;
