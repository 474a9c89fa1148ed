/** What applications write to say who may subscribe to which private and presence channels. */
@NullMarked
package com.lattestream.spring.auth;

import org.jspecify.annotations.NullMarked;
