package com.lattestream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class BindAddressTests {

    private final Logger logger = (Logger) LoggerFactory.getLogger(EmbeddedLatteStreamServer.class);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void attachAppender() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
    }

    @AfterEach
    void detachAppender() {
        logger.detachAppender(log);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    @Test
    void loopbackAddressIsLoggedInOneLine() {
        try (EmbeddedLatteStreamServer engine = EmbeddedLatteStreamServer.builder()
                .secret("lsk_not_to_be_logged")
                .start()) {
            ILoggingEvent line = onlyLine();
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(line.getFormattedMessage())
                    .contains(engine.endpoint(), engine.consoleUrl(), engine.publicKey())
                    .contains("nothing leaves this machine")
                    .doesNotContain("lsk_");
        }
    }

    @Test
    void allAddressesAreReachableAndLoggedAsAWarning() throws Exception {
        Optional<InetAddress> other = addressOfThisMachine();
        assumeTrue(other.isPresent(), "There is only the loopback address");
        try (EmbeddedLatteStreamServer engine =
                EmbeddedLatteStreamServer.builder().bindAddress("0.0.0.0").start()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(other.get(), engine.port()), 1_000);
            }

            assertThat(engine.endpoint()).isEqualTo("localhost:" + engine.port());
            assertThat(onlyLine().getLevel()).isEqualTo(Level.WARN);
            assertThat(onlyLine().getFormattedMessage())
                    .contains("bound to 0.0.0.0, clients that can reach this address");
            try (ConsoleStream stream = ConsoleStream.open(engine)) {
                assertThat(stream.next("hello").path("loopback").booleanValue()).isFalse();
            }
        }
    }

    @Test
    void singleAddressIsReachable() throws Exception {
        Optional<InetAddress> other = addressOfThisMachine();
        assumeTrue(other.isPresent(), "There is only the loopback address");
        String address = other.get().getHostAddress();
        try (EmbeddedLatteStreamServer engine =
                EmbeddedLatteStreamServer.builder().bindAddress(address).start()) {
            assertThat(engine.endpoint()).isEqualTo(address + ":" + engine.port());
            assertThat(SignedCall.get(engine, "/console").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void invalidAddressIsRejected() {
        EmbeddedLatteStreamServer.Builder builder = EmbeddedLatteStreamServer.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.bindAddress("999.1.1.1"))
                .withMessageContaining("'999.1.1.1'");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.bindAddress(" "));
    }

    @Test
    void addressOfAnotherMachineIsReported() {
        // reserved for documentation (RFC 5737), so no machine has this address
        EmbeddedLatteStreamServer.Builder builder =
                EmbeddedLatteStreamServer.builder().bindAddress("192.0.2.1");

        assertThatIllegalStateException()
                .isThrownBy(builder::start)
                .withMessage("The local engine cannot listen on 192.0.2.1: not an address of this machine");
    }

    private ILoggingEvent onlyLine() {
        List<ILoggingEvent> lines = List.copyOf(log.list);
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static Optional<InetAddress> addressOfThisMachine() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
    }
}
