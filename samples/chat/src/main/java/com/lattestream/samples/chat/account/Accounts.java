package com.lattestream.samples.chat.account;

import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;

/** Stores accounts in memory, so they are lost at a restart. */
@Service
public class Accounts {

    private static final int MAX_ACCOUNTS = 1000;

    private final InMemoryUserDetailsManager users = new InMemoryUserDetailsManager();

    private final PasswordEncoder passwords;

    private int count;

    Accounts(PasswordEncoder passwords) {
        this.passwords = passwords;
    }

    void signUp(SignUp signUp) {
        open(signUp.name(), signUp.password(), "USER");
    }

    synchronized void open(String name, String password, String... roles) {
        if (users.userExists(name)) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "The name " + name + " is taken.");
        }
        if (count == MAX_ACCOUNTS) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, "The maximum number of " + MAX_ACCOUNTS + " accounts is reached.");
        }
        users.createUser(User.withUsername(name)
                .password(passwords.encode(password))
                .roles(roles)
                .build());
        count++;
    }

    /**
     * Finds an account, ignoring case.
     * @param name the name of a user
     * @return the name as the user entered it to sign up
     */
    public Optional<String> find(String name) {
        return users.userExists(name) ? Optional.of(load(name).getUsername()) : Optional.empty();
    }

    UserDetails load(String name) {
        return users.loadUserByUsername(name);
    }
}
