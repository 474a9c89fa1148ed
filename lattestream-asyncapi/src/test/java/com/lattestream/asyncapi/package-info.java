@NullMarked
package com.lattestream.asyncapi;

import org.jspecify.annotations.NullMarked;
