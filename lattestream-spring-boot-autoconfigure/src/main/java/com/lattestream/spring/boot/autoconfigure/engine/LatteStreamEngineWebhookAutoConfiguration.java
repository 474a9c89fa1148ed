package com.lattestream.spring.boot.autoconfigure.engine;

import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamWebhookAutoConfiguration;
import com.lattestream.test.EmbeddedLatteStreamServer;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of a local engine that sends its webhooks to the application that runs it. */
@AutoConfiguration(after = {LatteStreamEngineAutoConfiguration.class, LatteStreamWebhookAutoConfiguration.class})
@ConditionalOnClass({EmbeddedLatteStreamServer.class, Filter.class})
@ConditionalOnBean(name = LatteStreamEngineWebhookAutoConfiguration.FILTER)
public final class LatteStreamEngineWebhookAutoConfiguration {

    static final String FILTER = "latteStreamWebhookFilter";

    LatteStreamEngineWebhookAutoConfiguration() {}

    @Bean
    EngineWebhooks latteStreamEngineWebhooks(
            ObjectProvider<EmbeddedLatteStreamServer> engine, @Qualifier(FILTER) FilterRegistrationBean<?> filter) {
        return new EngineWebhooks(engine, filter.getUrlPatterns().iterator().next());
    }
}
