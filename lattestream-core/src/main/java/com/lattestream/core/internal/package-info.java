/** What the client is made of. Nothing here or below is meant for users, and all of it may change. */
@NullMarked
package com.lattestream.core.internal;

import org.jspecify.annotations.NullMarked;
