/** Tests of the guides: their files are compiled, started and opened in a browser. */
@NullMarked
package com.lattestream.guides;

import org.jspecify.annotations.NullMarked;
