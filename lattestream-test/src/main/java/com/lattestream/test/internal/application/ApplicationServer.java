package com.lattestream.test.internal.application;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.context.ApplicationContext;
import org.springframework.util.ClassUtils;

/**
 * The web server of a Spring Boot application, as it is reached from this machine. Immutable.
 *
 * @param origin scheme, host and port
 * @param contextPath context path; empty for the root
 * @param sslContext SSL context of connections to the server; null for the JVM's default
 */
public record ApplicationServer(
        String origin, String contextPath, @Nullable SSLContext sslContext) {

    private static final boolean FACTORY_PRESENT = ClassUtils.isPresent(
            "org.springframework.boot.web.server.AbstractConfigurableWebServerFactory",
            ApplicationServer.class.getClassLoader());

    /**
     * Returns the server of an application.
     * @param application an application that has been started
     * @return the server; empty without a server, such as in a test with a mock environment
     */
    public static Optional<ApplicationServer> of(ApplicationContext application) {
        // property published by Spring Boot
        String port = application.getEnvironment().getProperty("local.server.port");
        if (port == null) {
            return Optional.empty();
        }
        String contextPath = application.getEnvironment().getProperty("server.servlet.context-path", "");
        return Optional.of(
                FACTORY_PRESENT
                        ? Configured.of(application, port, contextPath)
                        : new ApplicationServer("http://localhost:" + port, contextPath, null));
    }

    /**
     * Returns the URL of a path of the application.
     * @param path a path within the context path, starting with a slash
     * @return the URL
     */
    public String url(String path) {
        return origin + contextPath + path;
    }

    /** Loaded only if Spring Boot's web servers are present. */
    private static final class Configured {

        // the factory rather than properties, because customizers of the application have been applied to it
        static ApplicationServer of(ApplicationContext application, String port, String servletContextPath) {
            AbstractConfigurableWebServerFactory factory = application
                    .getBeanProvider(AbstractConfigurableWebServerFactory.class)
                    .getIfUnique();
            // a reactive server ignores the property
            String contextPath = application instanceof ReactiveWebApplicationContext ? "" : servletContextPath;
            if (factory == null) {
                return new ApplicationServer("http://localhost:" + port, contextPath, null);
            }
            Ssl ssl = factory.getSsl();
            String address = host(factory.getAddress()) + ":" + port;
            return ssl != null && Ssl.isEnabled(ssl)
                    ? new ApplicationServer(
                            "https://" + address,
                            contextPath,
                            ApplicationSslContext.create(ssl, factory.getSslBundles()))
                    : new ApplicationServer("http://" + address, contextPath, null);
        }

        private static String host(@Nullable InetAddress address) {
            if (address == null || address.isAnyLocalAddress() || isLocalhost(address)) {
                return "localhost";
            }
            return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        }

        private static boolean isLocalhost(InetAddress address) {
            try {
                return address.equals(InetAddress.getByName("localhost"));
            } catch (UnknownHostException ex) {
                // this machine has no such name, but its addresses can be used
                return false;
            }
        }
    }
}
