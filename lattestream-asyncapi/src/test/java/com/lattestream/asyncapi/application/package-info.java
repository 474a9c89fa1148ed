/** An application with events of each kind. */
@NullMarked
package com.lattestream.asyncapi.application;

import org.jspecify.annotations.NullMarked;
