/** An application with an invalid broadcast. */
@org.jspecify.annotations.NullMarked
package com.lattestream.invalidbroadcast;
