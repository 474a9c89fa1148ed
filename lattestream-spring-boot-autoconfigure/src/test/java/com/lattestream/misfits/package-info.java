/** An application whose broadcast does not fit. */
@org.jspecify.annotations.NullMarked
package com.lattestream.misfits;
