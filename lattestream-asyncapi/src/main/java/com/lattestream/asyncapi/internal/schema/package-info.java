/** JSON Schemas of the data of events. */
@NullMarked
package com.lattestream.asyncapi.internal.schema;

import org.jspecify.annotations.NullMarked;
