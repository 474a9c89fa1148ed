/** The AsyncAPI document of an application: its channels, and the JSON Schema of each event. */
@NullMarked
package com.lattestream.asyncapi;

import org.jspecify.annotations.NullMarked;
