package com.lattestream.samples.quickstart;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of the quickstart.
 *
 * @param hosts Host names under which the application is reached, besides localhost and IP addresses.
 */
@ConfigurationProperties("quickstart")
record QuickstartProperties(@DefaultValue Set<String> hosts) {}
