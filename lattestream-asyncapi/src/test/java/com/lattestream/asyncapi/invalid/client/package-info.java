@NullMarked
package com.lattestream.asyncapi.invalid.client;

import org.jspecify.annotations.NullMarked;
