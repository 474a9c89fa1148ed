@NullMarked
package com.lattestream.asyncapi.invalid.comma;

import org.jspecify.annotations.NullMarked;
