package com.lattestream.samples.chat.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signs users up, and returns the names of the demo accounts for the login page. */
@RestController
class AccountController {

    private final Accounts accounts;

    private final DemoAccounts demo;

    private final Throttle<Network> signUps;

    AccountController(Accounts accounts, DemoAccounts demo, Throttle<Network> signUps) {
        this.accounts = accounts;
        this.demo = demo;
        this.signUps = signUps;
    }

    @GetMapping("/api/accounts/demo")
    List<String> demo() {
        return demo.names();
    }

    @PostMapping("/api/accounts")
    @ResponseStatus(HttpStatus.CREATED)
    void signUp(@Valid @RequestBody SignUp signUp, HttpServletRequest request) {
        signUps.acquire(Network.of(request.getRemoteAddr()));
        accounts.signUp(signUp);
    }

    @ExceptionHandler
    ResponseEntity<Void> refused(TooManyAttemptsException refusal) {
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, refusal.retryAfter())
                .build();
    }
}
