/** Applications that are started with and without the starter, and compared. */
@NullMarked
package com.lattestream.coexistence;

import org.jspecify.annotations.NullMarked;
