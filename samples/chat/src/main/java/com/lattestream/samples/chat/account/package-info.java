/** Accounts: signing up, logging in, and the security of the application. */
@NullMarked
package com.lattestream.samples.chat.account;

import org.jspecify.annotations.NullMarked;
