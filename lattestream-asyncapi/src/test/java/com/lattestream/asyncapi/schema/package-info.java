@NullMarked
package com.lattestream.asyncapi.schema;

import org.jspecify.annotations.NullMarked;
