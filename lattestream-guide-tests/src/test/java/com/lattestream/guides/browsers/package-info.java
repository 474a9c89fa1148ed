/** The application to which the pages of docs/connecting-browsers.md belong. */
@NullMarked
package com.lattestream.guides.browsers;

import org.jspecify.annotations.NullMarked;
