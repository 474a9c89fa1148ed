/** Broadcasting and webhooks with Spring Modulith's event publication registry. */
@NullMarked
package com.lattestream.modulith;

import org.jspecify.annotations.NullMarked;
