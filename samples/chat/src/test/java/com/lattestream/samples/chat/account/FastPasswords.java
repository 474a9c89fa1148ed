package com.lattestream.samples.chat.account;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder.SecretKeyFactoryAlgorithm;

/** Hashes passwords with one iteration. With those of the application, logins would be most of the time of the tests. */
@Configuration(proxyBeanMethods = false)
class FastPasswords {

    @Bean
    @Primary
    PasswordEncoder fastPasswordEncoder() {
        return new Pbkdf2PasswordEncoder("", 16, 1, SecretKeyFactoryAlgorithm.PBKDF2WithHmacSHA256);
    }
}
