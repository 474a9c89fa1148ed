/** API for applications that decide which users may subscribe to which private and presence channels. */
@NullMarked
package com.lattestream.spring.auth;

import org.jspecify.annotations.NullMarked;
