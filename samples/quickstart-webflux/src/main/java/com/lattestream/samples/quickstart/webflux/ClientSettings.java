package com.lattestream.samples.quickstart.webflux;

import com.lattestream.spring.LatteStreamBrowserSettings;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Returns the settings with which the page connects: the address and the public key, never the secret. */
@RestController
class ClientSettings {

    private final LatteStreamBrowserSettings settings;

    ClientSettings(LatteStreamBrowserSettings settings) {
        this.settings = settings;
    }

    @GetMapping("/client-settings")
    LatteStreamBrowserSettings settings() {
        return settings;
    }
}
