package com.lattestream.samples.benchmark.web;

import java.util.ArrayList;
import java.util.List;

/** A web stack of an application. */
enum Stack {
    MVC_PLATFORM("Spring MVC, platform threads", "servlet", "TomcatWebServer", false),

    MVC_VIRTUAL("Spring MVC, virtual threads", "servlet", "TomcatWebServer", true),

    WEBFLUX("Spring WebFlux", "reactive", "NettyWebServer", false);

    private static final String TOMCAT_FOR_WEBFLUX =
            "org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration";

    private final String label;

    private final String type;

    private final String webServer;

    private final boolean virtualThreads;

    Stack(String label, String type, String webServer, boolean virtualThreads) {
        this.label = label;
        this.type = type;
        this.webServer = webServer;
        this.virtualThreads = virtualThreads;
    }

    String label() {
        return label;
    }

    /** Returns the simple name of the class of the web server. */
    String webServer() {
        return webServer;
    }

    boolean virtualThreads() {
        return virtualThreads;
    }

    /** Returns the arguments with which an application runs on this stack. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.main.web-application-type=" + type, "--spring.threads.virtual.enabled=" + virtualThreads));
        if (this == WEBFLUX) {
            // Tomcat, which is on the classpath for Spring MVC, could serve WebFlux too
            arguments.add("--spring.autoconfigure.exclude=" + TOMCAT_FOR_WEBFLUX);
        }
        return arguments;
    }
}
