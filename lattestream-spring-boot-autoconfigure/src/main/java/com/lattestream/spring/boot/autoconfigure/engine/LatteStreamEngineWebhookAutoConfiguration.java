package com.lattestream.spring.boot.autoconfigure.engine;

import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamReactiveWebhookAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.webhook.LatteStreamWebhookAutoConfiguration;
import com.lattestream.spring.internal.webhook.WebhookUrlPath;
import com.lattestream.test.EmbeddedLatteStreamServer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of a local engine that sends its webhooks to the application that runs it. */
@AutoConfiguration(
        after = {
            LatteStreamEngineAutoConfiguration.class,
            LatteStreamWebhookAutoConfiguration.class,
            LatteStreamReactiveWebhookAutoConfiguration.class
        })
@ConditionalOnClass(EmbeddedLatteStreamServer.class)
@ConditionalOnBean(WebhookUrlPath.class)
public final class LatteStreamEngineWebhookAutoConfiguration {

    LatteStreamEngineWebhookAutoConfiguration() {}

    @Bean
    EngineWebhookUrlInitializer latteStreamEngineWebhookUrlInitializer(
            ObjectProvider<EmbeddedLatteStreamServer> engine, WebhookUrlPath path) {
        return new EngineWebhookUrlInitializer(engine, path.value());
    }
}
