package com.lattestream.spring.boot.autoconfigure;

import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** Netty as the server of a WebFlux application, with its own event loops, even if other servers are present. */
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
