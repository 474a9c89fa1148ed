/** An application with a client for each tenant. */
@org.jspecify.annotations.NullMarked
package com.lattestream.tenants;
