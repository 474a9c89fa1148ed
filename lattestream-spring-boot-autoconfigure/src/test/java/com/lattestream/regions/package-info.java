/** An application with a client for each region. */
@org.jspecify.annotations.NullMarked
package com.lattestream.regions;
