package com.lattestream.spring.boot.autoconfigure;

import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** Netty beneath a WebFlux application, whichever other servers are on the class path, with event loops of its own. */
@Configuration(proxyBeanMethods = false)
public class NettyServer {

    // shared resources would be closed with the first of several applications
    @Bean
    ReactorResourceFactory resources() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setShutdownQuietPeriod(Duration.ZERO);
        return resources;
    }

    @Bean
    NettyReactiveWebServerFactory server(ReactorResourceFactory resources) {
        NettyReactiveWebServerFactory server = new NettyReactiveWebServerFactory();
        server.setResourceFactory(resources);
        return server;
    }
}
