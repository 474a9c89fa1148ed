/** Auto-configuration of LatteStream, with the properties {@code lattestream.*}. */
@NullMarked
package com.lattestream.spring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
