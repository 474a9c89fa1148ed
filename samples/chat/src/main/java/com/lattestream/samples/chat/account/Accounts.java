package com.lattestream.samples.chat.account;

import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.stereotype.Service;
import org.springframework.web.server.ResponseStatusException;

/** Everybody who may log in. In memory: a restart leaves the two demo users. */
@Service
public class Accounts implements UserDetailsService {

    private static final int MOST = 1000;

    private final InMemoryUserDetailsManager users = new InMemoryUserDetailsManager();

    private final PasswordEncoder passwords;

    private int count;

    Accounts(PasswordEncoder passwords) {
        this.passwords = passwords;
        open("Alice", "latte", "USER", "OPERATOR");
        open("Bob", "latte", "USER");
    }

    void signUp(SignUp signUp) {
        open(signUp.name(), signUp.password(), "USER");
    }

    private synchronized void open(String name, String password, String... roles) {
        if (users.userExists(name)) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, "The name " + name + " is taken.");
        }
        if (count == MOST) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT, "There is no room for more than " + MOST + " people.");
        }
        users.createUser(User.withUsername(name)
                .password(passwords.encode(password))
                .roles(roles)
                .build());
        count++;
    }

    /**
     * Finds somebody, however the name is capitalized.
     * @param name a name
     * @return the name as they spell it themselves
     */
    public Optional<String> find(String name) {
        return users.userExists(name) ? Optional.of(loadUserByUsername(name).getUsername()) : Optional.empty();
    }

    @Override
    public UserDetails loadUserByUsername(String name) throws UsernameNotFoundException {
        return users.loadUserByUsername(name);
    }
}
