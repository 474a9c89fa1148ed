/** The local engine as a standalone program. */
@NullMarked
package com.lattestream.test.standalone;

import org.jspecify.annotations.NullMarked;
