package com.lattestream.samples.chat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** The limits of attempts, with a clock that the test advances. */
class PasswordLoginTests {

    private static final String HOME = "192.0.2.1";

    private static final String OFFICE = "192.0.2.2";

    private final AtomicLong time = new AtomicLong();

    private final PasswordEncoder encoder =
            new Pbkdf2PasswordEncoder("", 8, 1, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);

    private final Accounts accounts = new Accounts(encoder);

    private final PasswordLogin login = new PasswordLogin(accounts, encoder, time::get);

    @BeforeEach
    void signUp() {
        accounts.signUp(new SignUp("Grace", "a password"));
        accounts.signUp(new SignUp("Mallory", "a password"));
    }

    @Test
    void anAccountIsLimitedAcrossNetworks() {
        IntStream.range(0, 5).forEach(number -> assertWrong("Grace", "198.51.100." + number));

        assertThrottled("Grace", "wrong", "198.51.100.99");
        assertThrottled("Grace", "a password", "198.51.100.99");

        pass(Duration.ofSeconds(30));
        assertThat(tryToLogIn("Grace", "a password", "198.51.100.99")).isNull();
    }

    @Test
    void aNetworkIsLimitedRegardlessOfTheNames() {
        IntStream.range(0, 20).forEach(number -> assertWrong("User" + number, OFFICE));

        assertThrottled("User20", "wrong", OFFICE);
        assertThrottled("Grace", "a password", OFFICE);
        assertThat(tryToLogIn("Grace", "a password", HOME)).isNull();

        pass(Duration.ofSeconds(5));
        assertThat(tryToLogIn("Grace", "a password", OFFICE)).isNull();
    }

    @Test
    void theAddressesOfOneIpv6SubscriberAreOneNetwork() {
        IntStream.range(0, 20).forEach(number -> assertWrong("User" + number, "2001:db8:0:1::" + number));

        assertThrottled("User20", "wrong", "2001:db8:0:1:ffff::1");
        assertWrong("User20", "2001:db8:0:2::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Grace", "nobody", "", "no name at all, and longer than one can be"})
    void accountsThatDoNotExistAreRefusedAlike(String name) {
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(tryToLogIn(name, "wrong", HOME))
                    .isExactlyInstanceOf(BadCredentialsException.class)
                    .hasMessage("Bad credentials");
        }

        assertThat(tryToLogIn(name, "wrong", HOME))
                .isInstanceOfSatisfying(
                        TooManyAttemptsException.class,
                        refusal -> assertThat(refusal.retryAfter()).isEqualTo("30"))
                .hasMessage("Too many attempts");
    }

    @Test
    void anotherSpellingOfANameIsNotAnotherAccount() {
        assertWrong("grace", HOME);
        assertWrong("GRACE", HOME);
        assertWrong("gRACE", HOME);
        assertWrong("Grace", HOME);
        assertWrong("GRAce", HOME);

        assertThrottled("graCE", "a password", HOME);
    }

    @Test
    void strangersCannotLockAUserOutWhereTheUserHasLoggedInBefore() {
        assertThat(tryToLogIn("Grace", "a password", HOME)).isNull();

        IntStream.range(0, 5).forEach(attempt -> assertWrong("Grace", OFFICE));
        assertThrottled("Grace", "a password", OFFICE);

        assertThat(tryToLogIn("Grace", "a password", HOME)).isNull();
    }

    @Test
    void attemptsAreLimitedWhereTheUserHasLoggedInBeforeToo() {
        assertThat(tryToLogIn("Grace", "a password", HOME)).isNull();

        IntStream.range(0, 5).forEach(attempt -> assertWrong("Grace", HOME));

        assertThrottled("Grace", "a password", HOME);
    }

    @Test
    void anAccountOfOnesOwnDoesNotBuyMoreAttempts() {
        for (int number = 0; number < 20; number++) {
            assertWrong("User" + number, OFFICE);
            if (number < 19) {
                assertThat(tryToLogIn("Mallory", "a password", OFFICE)).isNull();
            }
        }

        assertThrottled("User20", "wrong", OFFICE);
        assertThrottled("Mallory", "a password", OFFICE);
    }

    @Test
    void loginsThatSucceedAreNotLimited() {
        IntStream.range(0, 100)
                .forEach(attempt ->
                        assertThat(tryToLogIn("Grace", "a password", HOME)).isNull());
    }

    @Test
    void invalidRequestsAreRefused() {
        assertThatExceptionOfType(NullPointerException.class)
                .isThrownBy(() ->
                        login.authenticate(UsernamePasswordAuthenticationToken.unauthenticated("Grace", "a password")));
    }

    private void assertWrong(String name, String address) {
        assertThat(tryToLogIn(name, "wrong", address)).isInstanceOf(BadCredentialsException.class);
    }

    private void assertThrottled(String name, String password, String address) {
        assertThat(tryToLogIn(name, password, address)).isInstanceOf(TooManyAttemptsException.class);
    }

    private @Nullable AuthenticationException tryToLogIn(String name, String password, String address) {
        UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
        token.setDetails(new WebAuthenticationDetails(address, null));
        try {
            login.authenticate(token);
            return null;
        } catch (AuthenticationException ex) {
            return ex;
        }
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }
}
