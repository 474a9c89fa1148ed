package com.lattestream.spring.boot.autoconfigure;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.spring.ReactiveLatteStreamTemplate;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import reactor.core.publisher.Mono;

/** Auto-configuration of the reactive LatteStream template. */
@AutoConfiguration(after = LatteStreamAutoConfiguration.class)
@ConditionalOnClass({LatteStreamClient.class, Mono.class})
public final class LatteStreamReactiveAutoConfiguration {

    LatteStreamReactiveAutoConfiguration() {}

    // lazy, because it creates the client: an application whose imperative template is a mock needs no secret
    @Bean
    @Lazy
    @ConditionalOnSingleCandidate(LatteStreamClient.class)
    @ConditionalOnMissingBean
    ReactiveLatteStreamTemplate reactiveLatteStreamTemplate(LatteStreamClient client) {
        return new ReactiveLatteStreamTemplate(client);
    }
}
