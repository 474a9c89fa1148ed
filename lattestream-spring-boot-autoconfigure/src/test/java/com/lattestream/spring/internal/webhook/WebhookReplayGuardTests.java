package com.lattestream.spring.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.RedisServer;
import com.lattestream.spring.webhook.WebhookReplayGuard;
import com.lattestream.spring.webhook.WebhookReplayGuard.Claim;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

class WebhookReplayGuardTests {

    abstract static class Contract {

        abstract WebhookReplayGuard guard();

        @Test
        void aWebhookIsClaimedByOneCallerUntilItIsCompleted() {
            WebhookReplayGuard guard = guard();

            assertThat(guard.claim("once")).isEqualTo(Claim.GRANTED);
            assertThat(guard.claim("once")).isEqualTo(Claim.IN_PROGRESS);
            assertThat(guard.claim("another")).isEqualTo(Claim.GRANTED);
            guard.complete("once");
            assertThat(guard.claim("once")).isEqualTo(Claim.COMPLETED);
        }

        @Test
        void aReleasedWebhookCanBeClaimedAgain() {
            WebhookReplayGuard guard = guard();
            guard.claim("again");
            guard.release("again");

            assertThat(guard.claim("again")).isEqualTo(Claim.GRANTED);
        }
    }

    @Nested
    class InMemory extends Contract {

        private final AtomicLong nanos = new AtomicLong();

        private final WebhookReplayGuard guard = new CaffeineWebhookReplayGuard(Duration.ofMinutes(10), nanos::get);

        @Override
        WebhookReplayGuard guard() {
            return guard;
        }

        @Test
        void anUnfinishedClaimLapses() {
            guard.claim("died");
            nanos.addAndGet(Duration.ofSeconds(59).toNanos());
            assertThat(guard.claim("died")).isEqualTo(Claim.IN_PROGRESS);
            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThat(guard.claim("died")).isEqualTo(Claim.GRANTED);
        }

        @Test
        void aCompletedWebhookIsRememberedForAsLongAsItCanBeRedelivered() {
            guard.claim("done");
            guard.complete("done");
            nanos.addAndGet(Duration.ofMinutes(9).toNanos());
            assertThat(guard.claim("done")).isEqualTo(Claim.COMPLETED);
            nanos.addAndGet(Duration.ofMinutes(2).toNanos());
            assertThat(guard.claim("done")).isEqualTo(Claim.GRANTED);
        }
    }

    @Nested
    class InRedis extends Contract {

        private static RedisServer server;

        private static JedisConnectionFactory connections;

        private static StringRedisTemplate redis;

        @BeforeAll
        static void start() throws IOException {
            server = RedisServer.start();
            connections = new JedisConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", server.port()));
            connections.afterPropertiesSet();
            connections.start();
            redis = new StringRedisTemplate(connections);
        }

        @AfterAll
        static void stop() {
            if (server != null) {
                connections.destroy();
                server.close();
            }
        }

        @Override
        WebhookReplayGuard guard() {
            return new RedisWebhookReplayGuard(redis, Duration.ofMinutes(10));
        }

        @Test
        void keysInRedisExpire() {
            WebhookReplayGuard guard = guard();
            guard.claim("lapses");
            assertThat(redis.getExpire("lattestream:webhook:lapses")).isBetween(1L, 60L);
            guard.complete("lapses");
            assertThat(redis.getExpire("lattestream:webhook:lapses")).isBetween(61L, 600L);
        }
    }
}
