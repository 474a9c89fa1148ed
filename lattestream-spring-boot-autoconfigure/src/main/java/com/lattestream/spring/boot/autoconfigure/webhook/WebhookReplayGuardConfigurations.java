package com.lattestream.spring.boot.autoconfigure.webhook;

import com.lattestream.spring.boot.autoconfigure.InvalidLatteStreamPropertyException;
import com.lattestream.spring.internal.webhook.CaffeineWebhookReplayGuard;
import com.lattestream.spring.internal.webhook.RedisWebhookReplayGuard;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;

/** The stores of dispatched webhooks, to be imported in this order. */
final class WebhookReplayGuardConfigurations {

    private WebhookReplayGuardConfigurations() {}

    // a webhook with a time at the end of the tolerance can be replayed until that time is at its beginning
    private static Duration retention(LatteStreamWebhookProperties properties) {
        return properties.tolerance().multipliedBy(2).plusMinutes(1);
    }

    private static InvalidLatteStreamPropertyException needsRedis() {
        return new InvalidLatteStreamPropertyException(
                "lattestream.webhook.replay-guard",
                "redis requires exactly one StringRedisTemplate bean: add spring-boot-starter-data-redis",
                null);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(StringRedisTemplate.class)
    @ConditionalOnProperty(name = "lattestream.webhook.replay-guard", havingValue = "redis")
    @ConditionalOnMissingBean(WebhookReplayGuard.class)
    static class Redis {

        @Bean
        RedisWebhookReplayGuard latteStreamWebhookReplayGuard(
                ObjectProvider<StringRedisTemplate> redis, LatteStreamWebhookProperties properties) {
            StringRedisTemplate template = redis.getIfUnique();
            if (template == null) {
                throw needsRedis();
            }
            return new RedisWebhookReplayGuard(template, retention(properties));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Memory {

        @Bean
        @ConditionalOnMissingBean
        WebhookReplayGuard latteStreamWebhookReplayGuard(LatteStreamWebhookProperties properties) {
            if (properties.replayGuard() == LatteStreamWebhookProperties.ReplayGuard.REDIS) {
                throw needsRedis();
            }
            return new CaffeineWebhookReplayGuard(retention(properties));
        }
    }
}
