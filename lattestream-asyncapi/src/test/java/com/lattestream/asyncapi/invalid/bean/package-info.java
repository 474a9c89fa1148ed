@NullMarked
package com.lattestream.asyncapi.invalid.bean;

import org.jspecify.annotations.NullMarked;
