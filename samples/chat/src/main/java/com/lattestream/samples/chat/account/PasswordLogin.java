package com.lattestream.samples.chat.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Checks passwords, and limits the failed attempts per account and per network. An attempt counts before the password
 * is checked, so that parallel requests do not exceed the limit, and no longer counts once the login succeeds. Accounts
 * that do not exist are limited in the same way.
 *
 * <p>The limits of an account never lock its owner out: attempts from a network from which the owner has logged in are
 * counted apart from all others.
 */
final class PasswordLogin implements AuthenticationProvider {

    /** One character more than names have, so that a longer name cannot equal one of an account. */
    private static final int MAX_NAME_LENGTH = SignUp.MAX_NAME_LENGTH + 1;

    private static final Network ELSEWHERE = new Network("elsewhere");

    private final DaoAuthenticationProvider passwords;

    private final Throttle<Origin> accounts;

    private final Throttle<Network> networks;

    private final Cache<Origin, Boolean> familiar;

    PasswordLogin(Accounts accounts, PasswordEncoder passwordEncoder, Ticker ticker) {
        this.passwords = new DaoAuthenticationProvider(accounts::load);
        this.passwords.setPasswordEncoder(passwordEncoder);
        this.accounts = new Throttle<>(5, Duration.ofSeconds(30), ticker);
        this.networks = new Throttle<>(20, Duration.ofSeconds(5), ticker);
        this.familiar = Caffeine.newBuilder()
                .maximumSize(Throttle.MAX_KEYS)
                .expireAfterWrite(Duration.ofDays(30))
                .ticker(ticker)
                .build();
    }

    @Override
    public @Nullable Authentication authenticate(Authentication login) {
        Origin origin = Origin.of(login);
        Origin counted = familiar.getIfPresent(origin) != null ? origin : new Origin(origin.account(), ELSEWHERE);
        networks.acquire(origin.network());
        accounts.acquire(counted);
        Authentication user = passwords.authenticate(login);
        networks.release(origin.network());
        accounts.release(counted);
        familiar.put(origin, true);
        return user;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    /** An account, spelled as {@link Accounts} compares names, and the network that a login came from. */
    private record Origin(String account, Network network) {

        static Origin of(Authentication login) {
            String name = login.getName().toLowerCase(Locale.ROOT);
            WebAuthenticationDetails request =
                    (WebAuthenticationDetails) Objects.requireNonNull(login.getDetails(), "A login needs a request");
            return new Origin(
                    name.substring(0, Math.min(name.length(), MAX_NAME_LENGTH)),
                    Network.of(request.getRemoteAddress()));
        }
    }
}
