/** What traces and timers show of the requests to the service, for applications that want it otherwise. */
@NullMarked
package com.lattestream.spring.observation;

import org.jspecify.annotations.NullMarked;
