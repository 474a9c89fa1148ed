@NullMarked
package com.lattestream.asyncapi.internal.schema;

import org.jspecify.annotations.NullMarked;
