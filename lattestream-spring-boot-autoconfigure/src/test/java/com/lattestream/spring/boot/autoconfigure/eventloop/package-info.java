/** Evidence that no event loop is blocked. */
package com.lattestream.spring.boot.autoconfigure.eventloop;
