@NullMarked
package com.lattestream.asyncapi.invalid.name;

import org.jspecify.annotations.NullMarked;
