package com.lattestream.samples.chat.browser;

import com.lattestream.spring.LatteStreamBrowserSettings;
import java.security.Principal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Returns the current user and the settings with which the page connects. */
@RestController
class SessionController {

    private final LatteStreamBrowserSettings settings;

    SessionController(LatteStreamBrowserSettings settings) {
        this.settings = settings;
    }

    @GetMapping("/api/session")
    Session session(Principal user) {
        return new Session(user.getName(), settings);
    }

    record Session(String me, LatteStreamBrowserSettings lattestream) {}
}
