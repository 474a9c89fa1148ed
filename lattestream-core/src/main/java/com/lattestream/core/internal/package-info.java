/**
 * The implementation of the client. The types of this package and its subpackages are not public API and may change in
 * any release.
 */
@NullMarked
package com.lattestream.core.internal;

import org.jspecify.annotations.NullMarked;
