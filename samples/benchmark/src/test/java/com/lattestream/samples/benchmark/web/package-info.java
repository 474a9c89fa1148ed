@NullMarked
package com.lattestream.samples.benchmark.web;

import org.jspecify.annotations.NullMarked;
