package com.lattestream.samples.chat.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTests {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:ffff:ffff:ffff:ffff, true",
        "2001:db8:1:2:3:4:5:6, 2001:0db8:0001:0002::1, true",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:3:3:4:5:6, false",
        "2001:db8::1, 2001:db8:0:0:1::1, true",
        "::ffff:192.0.2.1, ::ffff:192.0.2.2, false",
        "0:0:0:0:0:0:0:1, ::1, true"
    })
    void anIpv6SubscriberIsOneNetwork(String one, String other, boolean same) {
        assertThat(Network.of(one).equals(Network.of(other))).isEqualTo(same);
    }

    @Test
    void allThatIsNoAddressIsOneNetwork() {
        assertThat(Network.of("host.example:80"))
                .isEqualTo(Network.of("fe80::1%no-such-interface"))
                .isEqualTo(Network.of(null));
    }
}
