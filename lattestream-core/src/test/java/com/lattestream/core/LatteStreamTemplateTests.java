package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatteStreamTemplateTests {

    private final StubService service = new StubService();

    private final LatteStreamClient client = LatteStreamClient.builder("lsk_test_secret")
            .endpoint(service.endpoint())
            .useTls(false)
            .build();

    private final LatteStreamOperations template = new LatteStreamTemplate(client);

    @AfterEach
    void close() {
        client.close();
        service.close();
    }

    @Test
    void triggersWithoutWaiting() {
        template.trigger("a", "e1", 1);
        template.trigger(List.of("a", "b"), "e2", 2);
        template.trigger(Event.of("c", "e3", 3));
        template.flushBatch().join();
        template.triggerBatch(List.of(Event.of("d", "e4", 4))).join();

        assertThat(service.requests())
                .isNotEmpty()
                .allMatch(request -> request.path().equals("/batch_events"));
    }

    @Test
    void waitsForEverythingElse() {
        service.answer(request -> Reply.json(
                switch (request.path()) {
                    case "/auth", "/apps/token" -> "{\"auth\":\"x\",\"accessToken\":\"lspc_y\"}";
                    case "/channels" -> "{\"channels\":{\"a\":{}}}";
                    case "/channels/presence-a/users" -> "{\"users\":[{\"id\":\"1\"}]}";
                    default -> "{\"occupied\":true}";
                }));

        assertThat(template.authorizeChannel("1.2", "private-a").auth()).isEqualTo("x");
        assertThat(template.authorizeChannel("1.2", "presence-a", PresenceMember.of("1"))
                        .auth())
                .isEqualTo("x");
        assertThat(template.getChannelInfo("a").occupied()).isTrue();
        assertThat(template.getChannels(null)).isEqualTo(Map.of("a", new ChannelInfo(true, null, null)));
        assertThat(template.getUsers("presence-a")).containsExactly(new PresenceUser("1"));
        assertThat(template.createClientToken(ClientTokenRequest.of("lspk_k", "1.2"))
                        .accessToken())
                .isEqualTo("lspc_y");
        template.terminateUserConnections("1");
        assertThat(template.verifyWebhookSignature(new byte[0], template.generateWebhookSignature(new byte[0])))
                .isTrue();
    }

    @Test
    void throwsTheFailureItself() {
        service.answer(request -> Reply.of(401, "no"));

        assertThatThrownBy(() -> template.getUsers("presence-a"))
                .isInstanceOf(LatteStreamAuthenticationException.class);
        assertThatThrownBy(() -> template.getUsers("a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anInterruptedCallerStopsWaitingAndStaysInterrupted() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        service.answer(request -> {
            try {
                release.await();
            } catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
            return Reply.json("{}");
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                template.getChannelInfo("a");
            } catch (LatteStreamException ex) {
                thrown.set(ex);
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        await().until(() -> service.requests().size() == 1);

        caller.interrupt();
        caller.join();
        release.countDown();

        assertThat(thrown.get()).hasMessageContaining("Interrupted");
        assertThat(interrupted.get()).isTrue();
    }
}
