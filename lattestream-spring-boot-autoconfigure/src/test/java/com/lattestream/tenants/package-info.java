@org.jspecify.annotations.NullMarked
package com.lattestream.tenants;
