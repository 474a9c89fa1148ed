/** The LatteStream client: triggers events, authorizes subscriptions, and queries channels and users. */
@NullMarked
package com.lattestream.core;

import org.jspecify.annotations.NullMarked;
