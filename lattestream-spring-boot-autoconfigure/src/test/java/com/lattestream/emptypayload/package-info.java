/** An application whose event has nothing to send but its source. */
@org.jspecify.annotations.NullMarked
package com.lattestream.emptypayload;
