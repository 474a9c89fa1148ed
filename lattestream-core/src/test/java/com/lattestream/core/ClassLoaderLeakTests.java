package com.lattestream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.core.support.RedeployedApplication;
import com.lattestream.core.support.StubService;
import com.lattestream.core.support.StubService.Reply;
import com.lattestream.testsupport.Program;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A reloaded application has a new class loader. The library keeps no reference to the former one. */
class ClassLoaderLeakTests {

    private static final String SECRET = "lsk_test_secret";

    @Test
    void aSignerKeepsNoReferenceToSerializedClasses() throws Exception {
        assertLetsGo(user -> {
            ChannelSigner signer = new ChannelSigner(SECRET);
            PresenceMember member = PresenceMember.of("7", Map.of("user", user));
            assertThat(signer.authorizePresenceChannel("1.2", "presence-a", member)
                            .channelData())
                    .contains("\"name\":\"Ann\"");
            signer.authenticateUser("1.2", user);
        });
    }

    @Test
    void aClientWithoutAServiceKeepsNoReferenceToSerializedClasses() throws Exception {
        assertLetsGo(user ->
                use(new OfflineLatteStreamClient(SECRET, JsonMapper.builder().build()), user));
    }

    @Test
    void aClientKeepsNoReferenceToSerializedClasses() throws Exception {
        try (StubService service = new StubService().answer(request -> Reply.json("{\"auth\":\"x\"}"))) {
            assertLetsGo(user -> use(
                    LatteStreamClient.builder(SECRET)
                            .endpoint(service.endpoint())
                            .useTls(false)
                            .build(),
                    user));
        }
    }

    @Test
    void nothingRefersToTheClassLoaderOfTheLibraryAfterAClientIsClosed(@TempDir Path directory) throws Exception {
        try (StubService service = new StubService()) {
            Program application = Program.run(
                    directory,
                    Program.java(
                            "-cp",
                            System.getProperty("java.class.path"),
                            RedeployedApplication.class.getName(),
                            service.endpoint()));
            assertThat(application.output()).endsWith("collected" + System.lineSeparator());
        }
    }

    private static void use(LatteStreamClient client, Object user) {
        try (client) {
            client.authorizeChannel("1.2", "presence-a", PresenceMember.of("7", Map.of("user", user)))
                    .join();
            client.trigger("a", "event", user).join();
            client.trigger("a", "event", Map.of("user", user)).join();
            client.encode(Event.of("a", "event", user));
        }
    }

    private static void assertLetsGo(Consumer<Object> use) throws Exception {
        WeakReference<ClassLoader> classLoader = withAClassOfItsOwn(use);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            System.gc();
            assertThat(classLoader.get()).isNull();
        });
    }

    private static WeakReference<ClassLoader> withAClassOfItsOwn(Consumer<Object> use) throws Exception {
        URL classes = User.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass(User.class.getName());
            assertThat(type).isNotSameAs(User.class);
            use.accept(type.getConstructor().newInstance());
            return new WeakReference<>(loader);
        }
    }

    /** A class of an application. */
    public static class User {

        public String getName() {
            return "Ann";
        }
    }
}
