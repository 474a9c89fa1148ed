/** An application as a user builds it. */
@NullMarked
package com.lattestream.packaging;

import org.jspecify.annotations.NullMarked;
