/** What applications write against to adapt LatteStream's beans. */
@NullMarked
package com.lattestream.spring;

import org.jspecify.annotations.NullMarked;
