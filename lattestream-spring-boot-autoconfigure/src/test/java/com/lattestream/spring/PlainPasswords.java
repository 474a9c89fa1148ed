package com.lattestream.spring;

import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Compares passwords as they are. Spring Security's default would replace them by slow hashes at the first login, and
 * compute such a hash for each request with a password.
 */
public final class PlainPasswords implements PasswordEncoder {

    @Override
    public String encode(CharSequence password) {
        return password.toString();
    }

    @Override
    public boolean matches(CharSequence password, String encoded) {
        return encoded.contentEquals(password);
    }
}
