package com.lattestream.spring.boot.autoconfigure;

import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Chooses the server of a test's application, because the classpath of the tests has all of them: that of the property
 * {@code test.server}, which is {@code tomcat}, {@code jetty} or {@code netty}. Without it, an application has the server
 * of Spring Boot's starters: Tomcat with Spring MVC, and Netty with Spring WebFlux.
 */
class TestServer implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final Map<String, String> PACKAGES = Map.of(
            "tomcat", "org.springframework.boot.tomcat.",
            "jetty", "org.springframework.boot.jetty.",
            "netty", "org.springframework.boot.reactor.netty.");

    private String server = "";

    @Override
    public void setEnvironment(Environment environment) {
        server = environment.getProperty("test.server", "");
    }

    @Override
    public boolean[] match(String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[autoConfigurations.length];
        for (int i = 0; i < autoConfigurations.length; i++) {
            matches[i] = autoConfigurations[i] == null || isPermitted(autoConfigurations[i]);
        }
        return matches;
    }

    private boolean isPermitted(String autoConfiguration) {
        return PACKAGES.entrySet().stream()
                .filter(each -> autoConfiguration.startsWith(each.getValue()))
                // Spring Boot orders the servers by name, so that of Spring MVC would be Jetty
                .allMatch(each -> server.isEmpty()
                        ? !each.getKey().equals("jetty")
                        : each.getKey().equals(server));
    }
}
