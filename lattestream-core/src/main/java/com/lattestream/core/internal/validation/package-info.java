/** What names must look like before anything is sent. */
@NullMarked
package com.lattestream.core.internal.validation;

import org.jspecify.annotations.NullMarked;
