/** API for applications that adapt the beans of the LatteStream starter. */
@NullMarked
package com.lattestream.spring;

import org.jspecify.annotations.NullMarked;
