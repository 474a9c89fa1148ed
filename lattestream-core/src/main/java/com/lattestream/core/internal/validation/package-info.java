/** Rules for names, checked before a request is sent. */
@NullMarked
package com.lattestream.core.internal.validation;

import org.jspecify.annotations.NullMarked;
